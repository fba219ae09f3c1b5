import { frameText } from '../../http/frame.js';
import { GOOD, goodStart } from '../recordings/good-answer.js';
import { messageDelta, messageStop, type WireEvent } from '../wire-event.js';
import { choose, fault } from './fault.js';

const start = goodStart();
const end = messageDelta('end_turn', { output_tokens: 7 });

const withoutUsage = (event: WireEvent): string =>
  frameText(
    event.type,
    JSON.stringify(event, (key, value: unknown) => (key === 'usage' ? undefined : value)),
  );

const withCounts = (event: WireEvent, count: string): string =>
  frameText(
    event.type,
    JSON.stringify(event).replace(/(?<=_tokens":)\d+/g, () => count),
  );

/** Metadata that is missing or nonsense while the text is sound. */
export const usageFaults = {
  'usage-missing': fault({
    doc: 'GOOD without usage. `where`: start (of message_start), end (of message_delta), both.',
    cases: ['T034'],
    params: { where: 'both' },
    play: (stage, { where }) => {
      const [atStart, atEnd] = choose(
        { start: [true, false], end: [false, true], both: [true, true] },
        where,
      );
      return stage.stream([
        atStart ? withoutUsage(start) : start,
        ...GOOD.slice(1, 9),
        atEnd ? withoutUsage(end) : end,
        messageStop,
      ]);
    },
  }),
  'usage-odd': fault({
    doc: 'GOOD with `value`, given as JSON text, for each of its token counts, such as 1e999, -5, "7", null or 9007199254740993.',
    cases: ['T035'],
    params: { value: '1e999' },
    play: (stage, { value }) =>
      stage.stream([
        withCounts(start, value),
        ...GOOD.slice(1, 9),
        withCounts(end, value),
        messageStop,
      ]),
  }),
};
