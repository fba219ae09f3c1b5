// The server that is measured, in a process of its own: what a user writes, and nothing else. It runs what is published.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setInterval } from 'node:timers';
import { ChatAnthropic } from '../../dist/esm/anthropic/index.js';
import { writeSse } from '../../dist/esm/sse/index.js';

const baseURL = process.argv[2];
const model = new ChatAnthropic({ model: 'm', apiKey: 'key-of-the-bench', baseURL });
const server = createServer((request, response) => {
  void text(request).then((input) => {
    writeSse(response, (config) => model.stream$(input, config));
  });
});
server.listen(0, '127.0.0.1', 4096, () => {
  process.send?.(server.address().port);
});

let most = 0;
setInterval(() => {
  most = Math.max(most, process.memoryUsage().rss);
}, 200);
process.on('message', () => process.send?.({ most, cpu: process.cpuUsage() }));
