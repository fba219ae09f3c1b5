// The provider, in a process of its own: each delta reports when it was written, by the clock that all processes share.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { text } from 'node:stream/consumers';

const DELTAS = 100;
const PAUSE_MS = 100;
/** Of a stream whose reader stalls: as much as it takes, as fast as it does. */
const FLOOD = 'x'.repeat(4000);

const frame = (event: { readonly type: string }): string =>
  `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
const delta = (piece: string): string =>
  frame({
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'text_delta', text: piece },
  } as { readonly type: string });
const opening = [
  {
    type: 'message_start',
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 1, output_tokens: 1 },
    },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
].map(frame);
const closing = [
  { type: 'content_block_stop', index: 0 },
  {
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: DELTAS },
  },
  { type: 'message_stop' },
].map(frame);

/** What was sent to readers that stall, and how many of their sockets are open. */
let flooded = 0;
let floods = 0;

async function drip(response: ServerResponse): Promise<void> {
  // Not all in the same millisecond.
  await wait(Math.random() * PAUSE_MS);
  response.write(opening.join(''));
  for (let sent = 0; sent < DELTAS && !response.destroyed; sent += 1) {
    response.write(delta(`t=${process.hrtime.bigint()};`));
    await wait(PAUSE_MS);
  }
  response.end(closing.join(''));
}

async function flood(response: ServerResponse): Promise<void> {
  floods += 1;
  const closed = once(response, 'close').then(() => (floods -= 1));
  response.write(opening.join(''));
  while (!response.destroyed) {
    flooded += FLOOD.length;
    if (response.write(delta(FLOOD))) await wait(0);
    else await Promise.race([once(response, 'drain'), closed]);
  }
}

const server = createServer((request, response) => {
  void text(request).then((body) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    void (body.includes('stall') ? flood(response) : drip(response));
  });
});
server.listen(0, '127.0.0.1', 4096, () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.on('message', () => process.send?.({ flooded, floods }));
