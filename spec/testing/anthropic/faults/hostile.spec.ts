import { hostileFaults } from '../../../../lib/testing/anthropic/faults/hostile.js';
import { dataOf, eventsIn, textIn } from '../../raw-client.js';
import { HELLO, playFaults, type Row } from '../../faults/play-faults.js';

const deep = (where: string, type: string): Row => [
  'deep-json',
  { where },
  {},
  ({ body }) => {
    expect(textIn(body)).toBe(HELLO);
    const event = eventsIn(body)[9]!;
    expect(event['type']).toBe(type);
    expect(() => JSON.stringify(event)).toThrow(RangeError);
  },
];

playFaults(hostileFaults, [
  [
    'proto-keys',
    {},
    {},
    ({ body }) => {
      for (const data of [0, 1, 2, 4, 7].map((index) => dataOf(body)[index]!)) {
        expect(data).toContain('"__proto__":{"polluted":"yes"}');
        expect(data).toContain('"constructor":{"prototype":{"polluted":"yes"}}');
        expect(data).toContain('"toString":"no"');
      }
      expect(eventsIn(body)[5]).toMatchObject({
        delta: { partial_json: expect.stringContaining('__proto__') },
      });
      expect(({} as { polluted?: string }).polluted).toBeUndefined();
    },
  ],
  deep('event', 'future_event'),
  deep('block', 'content_block_start'),
]);
