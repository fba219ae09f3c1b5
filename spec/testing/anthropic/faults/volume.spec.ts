import { gunzipSync } from 'node:zlib';
import { volumeFaults } from '../../../../lib/testing/anthropic/faults/volume.js';
import { dataOf, eventsIn, textIn } from '../../raw-client.js';
import { playFaults, type Row } from '../../faults/play-faults.js';

const endless = (name: Row[0], params: Row[1], check: (text: string) => void): Row => [
  name,
  params,
  { bytes: 3_000_000 },
  async ({ ending, body }, server) => {
    expect(ending).toBe('left');
    check(body.toString());
    expect(textIn(body)).toMatch(/^Hello|^flood/);
    expect((await server.requests[0]!.closed).by).toBe('client');
  },
];

playFaults(volumeFaults, [
  [
    'many-deltas',
    { count: 2000 },
    {},
    ({ body }) => {
      expect(textIn(body)).toBe('x'.repeat(2000));
    },
  ],
  [
    'many-blocks',
    {},
    {},
    ({ body }) => {
      const stops = eventsIn(body).filter(({ type }) => type === 'content_block_stop');
      expect(stops).toHaveLength(10_001);
      expect(stops.at(-1)).toMatchObject({ index: 10_000 });
    },
  ],
  [
    'large-event',
    {},
    {},
    ({ body }) => {
      expect(dataOf(body)[8]).toHaveLength(8 * 1024 * 1024 + 1);
      expect(textIn(body).replaceAll('x', '')).toMatch(/!$/);
    },
  ],
  endless('endless-stream', {}, (text) => {
    expect(text).toContain('flood');
  }),
  endless('endless-line', {}, (text) => {
    expect(text).toMatch(/\ndata: \{[^\n]+x$/);
  }),
  endless('endless-line', { field: 'event' }, (text) => {
    expect(text).toMatch(/\nevent: x+$/);
  }),
  endless('endless-line', { field: 'comment' }, (text) => {
    expect(text).toMatch(/\n: x+$/);
  }),
  endless('endless-line', { field: 'unknown' }, (text) => {
    expect(text).toMatch(/\nx+$/);
  }),
  endless('endless-event', {}, (text) => {
    expect(text).toMatch(/\n\n(data: x{58}\n)+[^\n]*$/);
  }),
  [
    'gzip-bomb',
    { megabytes: 5 },
    {},
    ({ headers, body, ending }) => {
      expect(headers['content-encoding']).toBe('gzip');
      expect(ending).toBe('complete');
      expect(body.length).toBeLessThan(20_000);
      const plain = gunzipSync(body);
      expect(plain.length).toBeGreaterThan(5_000_000);
      expect(textIn(plain).replaceAll('x', '')).toBe('Hello');
      expect(eventsIn(plain).at(-1)).toEqual({ type: 'message_stop' });
    },
  ],
]);
