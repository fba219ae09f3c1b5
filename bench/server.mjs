// A loopback server in a process of its own, so that its CPU is nobody's: answers as the Messages API does, by the
// name of the model: at once (`text-1000`), one event per HTTP chunk (`burst-1000`), never to an end (`slow`), or in two
// parts (`late`).
import { createServer } from 'node:http';
import { setInterval } from 'node:timers';
import { BODIES } from './bodies.mjs';
import { closing, delta, frame, opening } from './wire.mjs';

const made = new Map();

/** Made once, so that all contenders are sent the same bytes. */
function bodyOf(model, tool) {
  const key = `${model} ${tool}`;
  if (!made.has(key)) {
    const [kind, size] = model.split('-');
    made.set(key, Buffer.from(BODIES[kind](Number(size), tool).map(frame).join('')));
  }
  return made.get(key);
}

/** HTTP chunks in one TCP write, as they arrive where a proxy or a fast model catches up. */
const CHUNKS_A_WRITE = 64;
const bursts = new Map();

/** The same answer with one event per HTTP chunk, which is how real providers send. */
function answerInBursts(response, size) {
  if (!bursts.has(size)) bursts.set(size, BODIES.text(size).map(frame).map(Buffer.from));
  const events = bursts.get(size);
  let at = 0;
  const write = () => {
    while (at < events.length) {
      response.cork();
      for (const end = at + CHUNKS_A_WRITE; at < end && at < events.length; at += 1)
        response.write(events[at]);
      response.uncork();
      if (response.writableNeedDrain) {
        response.once('drain', write);
        return;
      }
    }
    response.end();
  };
  write();
}

/** Streams that go on for ever, each with a delta per 100 ms, some of them every 10 ms. */
const slow = Array.from({ length: 10 }, () => new Set());
const tick = Buffer.from(frame(delta(0, { type: 'text_delta', text: ' goldfish' })));
let turn = 0;
setInterval(() => {
  turn = (turn + 1) % slow.length;
  for (const response of slow[turn]) response.write(tick);
}, 10);
const begin = (text) => [...opening({ type: 'text', text: '' }), ...text].map(frame).join('');

/** When the sockets of slow streams closed, by their models' names. */
const closed = new Map();
const waiting = new Map();
let next = 0;

function keepSlow(response, model) {
  const streams = slow[(next = (next + 1) % slow.length)];
  response.write(begin([delta(0, { type: 'text_delta', text: ' goldfish' })]));
  streams.add(response);
  response.on('close', () => {
    streams.delete(response);
    if (model === 'slow') return;
    closed.set(model, process.hrtime.bigint());
    waiting.get(model)?.();
  });
}

/** The first text at once, the rest of it a little later. */
function answerLate(response) {
  const text = ['Gol', 'd', 'fish'].map((piece) => delta(0, { type: 'text_delta', text: piece }));
  response.write(begin(text.slice(0, 1)));
  const rest = [...text.slice(1), ...closing('end_turn', 3)].map(frame).join('');
  setTimeout(() => response.end(rest), 10);
}

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    const model = request.url.split('?')[1];
    const tell = () => response.end(String(closed.get(model)));
    if (closed.has(model)) tell();
    else waiting.set(model, tell);
    return;
  }
  let sent = '';
  request.on('data', (data) => (sent += data));
  request.on('end', () => {
    const { model, tools } = JSON.parse(sent);
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    if (model.startsWith('slow')) keepSlow(response, model);
    else if (model.startsWith('late')) answerLate(response);
    else if (model.startsWith('burst')) answerInBursts(response, Number(model.split('-')[1]));
    else response.end(bodyOf(model, tools?.[0]?.name));
  });
});
server.keepAliveTimeout = 120_000;
server.listen({ port: 0, host: '127.0.0.1', backlog: 2_000 }, () => {
  process.send(server.address().port);
});
process.on('disconnect', () => process.exit());
