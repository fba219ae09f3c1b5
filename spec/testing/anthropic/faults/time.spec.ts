import { timeFaults } from '../../../../lib/testing/anthropic/faults/time.js';
import { encodeBody } from '../../../../lib/testing/http/frame.js';
import { GOOD } from '../../../../lib/testing/anthropic/recordings/good-answer.js';
import { eventsIn, textIn } from '../../raw-client.js';
import { HELLO, playFaults, type Row } from '../../faults/play-faults.js';

const good = Buffer.from(encodeBody(GOOD));
const quiet = { quietMs: 150 };

// The client leaves within a second or two; a fault that ended by itself would end as `complete`.
const goesOn = (name: Row[0], params: Row[1], what: string): Row => [
  name,
  params,
  { bytes: 1500 },
  async ({ ending, body }, server) => {
    expect(ending).toBe('left');
    expect(body.toString()).toContain(what);
    expect((await server.requests[0]!.closed).by).toBe('client');
  },
];

playFaults(timeFaults, [
  [
    'no-headers',
    {},
    quiet,
    async ({ status, ending }, server) => {
      expect([status, ending]).toEqual([0, 'left']);
      expect((await server.requests[0]!.closed).by).toBe('client');
    },
  ],
  [
    'slow-headers',
    { ms: 100 },
    {},
    async ({ body, ending }, server) => {
      expect(ending).toBe('complete');
      expect(textIn(body)).toBe(HELLO);
      const { at, closed } = server.requests[0]!;
      expect((await closed).at - at).toBeGreaterThanOrEqual(95);
    },
  ],
  [
    'stall',
    {},
    quiet,
    ({ ending, body }) => {
      expect(ending).toBe('left');
      expect(textIn(body)).toBe('Hello');
    },
  ],
  [
    'stall',
    { events: 0 },
    quiet,
    ({ status, ending, body }) => {
      expect([status, ending, body.length]).toEqual([200, 'left', 0]);
    },
  ],
  [
    'stall-at',
    { bytes: 33 },
    quiet,
    ({ ending, body }) => {
      expect(ending).toBe('left');
      expect(body).toEqual(good.subarray(0, 33));
    },
  ],
  [
    'pause',
    { ms: 100 },
    {},
    async ({ ending, body }, server) => {
      expect(ending).toBe('complete');
      expect(eventsIn(body)).toEqual(GOOD);
      const { at, closed } = server.requests[0]!;
      expect((await closed).at - at).toBeGreaterThanOrEqual(95);
    },
  ],
  goesOn('ping-drip', { ms: 5 }, 'event: ping'),
  goesOn('comment-drip', { ms: 1, events: 9 }, '\n\n:\n:\n'),
  goesOn('drip', { ms: 5 }, 'drop '),
  [
    'slow-bytes',
    { ms: 2 },
    { bytes: 50 },
    ({ ending, body, pieces }) => {
      expect(ending).toBe('left');
      expect(body).toEqual(good.subarray(0, 50));
      expect(pieces).toHaveLength(50);
    },
  ],
]);
