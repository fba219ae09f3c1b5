import { endingFaults } from '../../../../lib/testing/anthropic/faults/endings.js';
import { encodeBody } from '../../../../lib/testing/http/frame.js';
import { GOOD } from '../../../../lib/testing/anthropic/recordings/good-answer.js';
import { dataOf, eventsIn, textIn } from '../../raw-client.js';
import { HELLO, playFaults, type Row } from '../../faults/play-faults.js';

const good = Buffer.from(encodeBody(GOOD));
const quiet = { quietMs: 150 };

const everyEnd = GOOD.map((_, events): Row => [
  'end-after',
  { events },
  {},
  ({ body, ending }) => {
    expect(ending).toBe('complete');
    expect(eventsIn(body)).toEqual(GOOD.slice(0, events));
  },
]);

playFaults(endingFaults, [
  [
    'empty-body',
    {},
    {},
    (answer) => {
      expect(answer).toMatchObject({ status: 200, ending: 'complete' });
      expect(answer.headers['content-type']).toMatch('text/event-stream');
      expect(answer.body).toHaveLength(0);
    },
  ],
  ...everyEnd,
  [
    'cut-at',
    { bytes: 100 },
    {},
    ({ body }) => {
      expect(body).toEqual(good.subarray(0, 100));
    },
  ],
  [
    'cut-at',
    {},
    {},
    ({ body, ending }) => {
      expect(ending).toBe('complete');
      expect(body).toEqual(good.subarray(0, -5));
    },
  ],
  [
    'cut-in-character',
    {},
    {},
    ({ body, ending }) => {
      expect(ending).toBe('complete');
      expect([...body.subarray(-2)]).toEqual([0xf0, 0x9f]);
    },
  ],
  [
    'reset',
    {},
    {},
    async ({ body, ending }, server) => {
      expect(ending).toBe('ECONNRESET');
      expect(textIn(body)).toBe('Hel');
      expect((await server.requests[0]!.closed).by).toBe('server');
    },
  ],
  [
    'hang-up',
    { events: 4 },
    {},
    async ({ body, ending }, server) => {
      expect(ending).toBe('ECONNRESET');
      expect(textIn(body)).toBe('Hello');
      expect(await server.requests[0]!.closed).toMatchObject({ by: 'server' });
      expect(server.requests[0]!.finished).toBe(false);
    },
  ],
  [
    'no-message-delta',
    {},
    {},
    ({ body }) => {
      expect(eventsIn(body)).toEqual(GOOD.filter(({ type }) => type !== 'message_delta'));
    },
  ],
  [
    'no-block-stop',
    {},
    {},
    ({ body }) => {
      expect(eventsIn(body)).toEqual(GOOD.filter(({ type }) => type !== 'content_block_stop'));
    },
  ],
  [
    'after-stop',
    {},
    {},
    ({ body }) => {
      expect(textIn(body)).toBe(`${HELLO} and more`);
      expect(dataOf(body)).toContain('{');
      expect(eventsIn(body).map(({ type }) => type)).toEqual([
        ...GOOD.map(({ type }) => type),
        'content_block_delta',
        'error',
        'ping',
        'message_stop',
      ]);
    },
  ],
  [
    'second-message',
    {},
    {},
    ({ body }) => {
      expect(textIn(body)).toBe(HELLO + HELLO);
      expect(eventsIn(body)[GOOD.length]).toMatchObject({ message: { id: 'msg_second' } });
    },
  ],
  [
    'keep-open',
    {},
    quiet,
    async ({ body, ending }, server) => {
      expect(ending).toBe('left');
      expect(body).toEqual(good);
      expect((await server.requests[0]!.closed).by).toBe('client');
    },
  ],
  [
    'noise-after-stop',
    { ms: 5 },
    { bytes: good.length + 200 },
    ({ body, ending }) => {
      expect(ending).toBe('left');
      expect(eventsIn(body).slice(GOOD.length)).toContainEqual({ type: 'ping' });
    },
  ],
  [
    'noise-after-stop',
    { ms: 0 },
    { bytes: 1_000_000 },
    ({ body }) => {
      expect(body.length).toBeGreaterThanOrEqual(1_000_000);
    },
  ],
]);
