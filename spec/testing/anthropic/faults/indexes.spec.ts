import { indexFaults } from '../../../../lib/testing/anthropic/faults/indexes.js';
import { GOOD, goodStart } from '../../../../lib/testing/anthropic/recordings/good-answer.js';
import { textDelta } from '../../../../lib/testing/anthropic/wire-event.js';
import { dataOf, eventsIn, textIn } from '../../raw-client.js';
import { playFaults, type Row } from '../../faults/play-faults.js';

const oddIndexes = ['5', '-1', '1.5', '"0"', 'null', '4294967290', '"__proto__"', '1e999'].map(
  (index): Row => [
    'block-index',
    { index },
    {},
    ({ body }) => {
      const withIndex = dataOf(body).filter(
        (data) => data.includes(`"index":${index},`) || data.includes(`"index":${index}}`),
      );
      expect(withIndex).toHaveLength(3);
      expect(textIn(body)).toBe('Hello');
    },
  ],
);

playFaults(indexFaults, [
  [
    'interleaved',
    {},
    {},
    ({ body }) => {
      const deltas = eventsIn(body).filter(({ type }) => type === 'content_block_delta');
      expect(deltas).toEqual([
        textDelta(0, 'A'),
        textDelta(1, 'B'),
        textDelta(0, 'a'),
        textDelta(1, 'b'),
      ]);
    },
  ],
  [
    'duplicate-block-start',
    {},
    {},
    ({ body }) => {
      expect(eventsIn(body)[5]).toEqual(GOOD[1]);
    },
  ],
  ...oddIndexes,
  [
    'orphan-delta',
    {},
    {},
    ({ body }) => {
      expect(eventsIn(body)[5]).toEqual(textDelta(1, 'stray'));
    },
  ],
  [
    'orphan-stop',
    { index: 3 },
    {},
    ({ body }) => {
      expect(eventsIn(body)[5]).toEqual({ type: 'content_block_stop', index: 3 });
    },
  ],
  [
    'delta-after-block-stop',
    {},
    {},
    ({ body }) => {
      expect(eventsIn(body).slice(8, 10)).toEqual([GOOD[8], textDelta(0, 'late')]);
    },
  ],
  [
    'delta-before-message',
    {},
    {},
    ({ body }) => {
      expect(eventsIn(body)).toEqual([textDelta(0, 'early'), ...GOOD]);
    },
  ],
  [
    'no-message-start',
    {},
    {},
    ({ body }) => {
      expect(eventsIn(body)).toEqual(GOOD.slice(1));
    },
  ],
  [
    'repeated-message-start',
    {},
    {},
    ({ body }) => {
      expect(eventsIn(body)).toEqual([GOOD[0], ...GOOD]);
    },
  ],
  [
    'spliced-message-start',
    {},
    {},
    ({ body }) => {
      expect(eventsIn(body)).toEqual(GOOD.toSpliced(5, 0, goodStart('msg_other')));
    },
  ],
]);
