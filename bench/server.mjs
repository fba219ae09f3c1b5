// A loopback server in a process of its own, so that its CPU is nobody's: answers as the Messages API does, at once.
import { createServer } from 'node:http';
import { BODIES } from './bodies.mjs';
import { frame } from './wire.mjs';

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

const server = createServer((request, response) => {
  let sent = '';
  request.on('data', (data) => (sent += data));
  request.on('end', () => {
    const { model, tools } = JSON.parse(sent);
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.end(bodyOf(model, tools?.[0]?.name));
  });
});
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
