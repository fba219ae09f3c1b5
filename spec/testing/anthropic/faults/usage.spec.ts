import { usageFaults } from '../../../../lib/testing/anthropic/faults/usage.js';
import { dataOf, eventsIn, textIn } from '../../raw-client.js';
import { HELLO, playFaults, type Row } from '../../faults/play-faults.js';

const missing = (where: string, atStart: boolean, atEnd: boolean): Row => [
  'usage-missing',
  { where },
  {},
  ({ body }) => {
    const events = eventsIn(body);
    expect('usage' in (events[0]!['message'] as object)).toBe(!atStart);
    expect('usage' in events[9]!).toBe(!atEnd);
    expect(textIn(body)).toBe(HELLO);
  },
];

const odd = (value: string): Row => [
  'usage-odd',
  { value },
  {},
  ({ body }) => {
    expect(dataOf(body)[0]).toContain(`"input_tokens":${value},"output_tokens":${value}}`);
    expect(dataOf(body)[9]).toContain(`"output_tokens":${value}}`);
    expect(textIn(body)).toBe(HELLO);
  },
];

playFaults(usageFaults, [
  missing('start', true, false),
  missing('end', false, true),
  missing('both', true, true),
  ...['1e999', '-5', '"7"', 'null', '9007199254740993'].map(odd),
]);
