// A loopback server in a process of its own, so that its CPU is not counted: answers every request with a text of as
// many deltas as its model's name says (`deltas-1000`), framed and padded as the real service does.
import { createServer } from 'node:http';

const frame = (event) => {
  const json = JSON.stringify(event);
  const padding = ' '.repeat(Math.floor(Math.random() * 16));
  return `event: ${event.type}\ndata: ${json.slice(0, -1)}${padding}}\n\n`;
};

function bodyOf(deltas) {
  const usage = { input_tokens: 21, output_tokens: 2 };
  const message = {
    id: 'msg_bench',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [],
    stop_reason: null,
    usage,
  };
  const frames = [
    frame({ type: 'message_start', message }),
    frame({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
  ];
  for (let i = 0; i < deltas; i += 1) {
    frames.push(
      frame({
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'text_delta', text: ` word${i % 97}` },
      }),
    );
  }
  frames.push(
    frame({ type: 'content_block_stop', index: 0 }),
    frame({
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: deltas },
    }),
    frame({ type: 'message_stop' }),
  );
  return Buffer.from(frames.join(''));
}

const bodies = new Map();

createServer((request, response) => {
  let sent = '';
  request.on('data', (data) => (sent += data));
  request.on('end', () => {
    const deltas = Number(/deltas-(\d+)/.exec(sent)?.[1] ?? 100);
    if (!bodies.has(deltas)) bodies.set(deltas, bodyOf(deltas));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(bodies.get(deltas));
  });
}).listen(0, '127.0.0.1', function () {
  process.send?.(this.address().port);
});
