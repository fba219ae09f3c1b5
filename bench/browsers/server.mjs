// The server that is measured, in a process of its own: what a user writes, and nothing else. It runs what is published.
import { text } from 'node:stream/consumers';
import { ChatAnthropic } from '../../dist/esm/anthropic/index.js';
import { writeSse } from '../../dist/esm/sse/index.js';
import { serve } from './serve.mjs';

const baseURL = process.argv[2];
const model = new ChatAnthropic({ model: 'm', apiKey: 'key-of-the-bench', baseURL });
serve((request, response) => {
  void text(request).then((input) => {
    writeSse(response, (config) => model.stream$(input, config));
  });
});
