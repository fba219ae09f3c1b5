// What the server could cost at the least: `fetch`, a reading loop, `JSON.parse`, and a frame for each event.
import { text } from 'node:stream/consumers';
import { serve } from './serve.mjs';

const baseURL = process.argv[2];
serve((request, response) => {
  void text(request).then(async (input) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': ok\n\n');
    const body = JSON.stringify({ messages: [input] });
    const { body: answer } = await fetch(`${baseURL}/v1/messages`, { method: 'POST', body });
    const decoder = new TextDecoder();
    let rest = '';
    let id = 0;
    for await (const bytes of answer) {
      const frames = (rest + decoder.decode(bytes, { stream: true })).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) {
        const event = JSON.parse(frame.slice(frame.indexOf('data: ') + 6));
        response.write(`id: ${(id += 1)}\ndata: ${JSON.stringify(event)}\n\n`);
      }
    }
    response.end('event: end\ndata: {}\n\n');
  });
});
