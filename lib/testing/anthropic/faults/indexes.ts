import { frameText } from '../../http/frame.js';
import { GOOD, goodStart } from '../recordings/good-answer.js';
import { blockStart, blockStop, textDelta, type WireEvent } from '../wire-event.js';
import { fault } from './fault.js';

const textBlock = { type: 'text', text: '' };

// The index is pasted in as text, because not everything a provider could write there survives a parse.
const withIndex = (event: WireEvent, index: string): string =>
  frameText(
    event.type,
    JSON.stringify(event).replace('"@"', () => index),
  );

/** Blocks and messages out of order: what could mix up one text with another. */
export const indexFaults = {
  interleaved: fault({
    doc: 'Two text blocks open at once, their deltas in turn: "A", "B", "a", "b".',
    cases: ['T029'],
    play: (stage) =>
      stage.stream([
        ...GOOD.slice(0, 1),
        blockStart(0, textBlock),
        blockStart(1, textBlock),
        textDelta(0, 'A'),
        textDelta(1, 'B'),
        textDelta(0, 'a'),
        textDelta(1, 'b'),
        blockStop(0),
        blockStop(1),
        ...GOOD.slice(9),
      ]),
  }),
  'duplicate-block-start': fault({
    doc: 'GOOD with a second start of its block 0 after "Hello".',
    cases: ['T031'],
    play: (stage) => stage.stream(GOOD.toSpliced(5, 0, blockStart(0, textBlock))),
  }),
  'block-index': fault({
    doc: 'A message whose only block has this `index`, given as JSON text, such as 5, -1, 1.5, "0", null, 4294967290 or "__proto__".',
    cases: ['T031'],
    params: { index: '5' },
    play: (stage, { index }) =>
      stage.stream([
        ...GOOD.slice(0, 1),
        withIndex(blockStart('@', textBlock), index),
        withIndex(textDelta('@', 'Hello'), index),
        withIndex(blockStop('@'), index),
        ...GOOD.slice(9),
      ]),
  }),
  'orphan-delta': fault({
    doc: 'GOOD with a text delta for block `index`, which never started, after "Hello".',
    cases: ['T032'],
    params: { index: 1 },
    play: (stage, { index }) => stage.stream(GOOD.toSpliced(5, 0, textDelta(index, 'stray'))),
  }),
  'orphan-stop': fault({
    doc: 'GOOD with a stop of block `index`, which never started, after "Hello".',
    cases: ['T032'],
    params: { index: 1 },
    play: (stage, { index }) => stage.stream(GOOD.toSpliced(5, 0, blockStop(index))),
  }),
  'delta-after-block-stop': fault({
    doc: 'GOOD with one more delta for its block after the block has stopped.',
    cases: ['T032'],
    play: (stage) => stage.stream(GOOD.toSpliced(9, 0, textDelta(0, 'late'))),
  }),
  'delta-before-message': fault({
    doc: 'GOOD with a text delta before message_start.',
    cases: ['T032'],
    play: (stage) => stage.stream([textDelta(0, 'early'), ...GOOD]),
  }),
  'no-message-start': fault({
    doc: 'GOOD without its message_start.',
    cases: ['T032'],
    play: (stage) => stage.stream(GOOD.slice(1)),
  }),
  'repeated-message-start': fault({
    doc: 'GOOD with its message_start twice, as proxies do: the same id, so nothing is lost by ignoring it.',
    cases: ['T032'],
    play: (stage) => stage.stream([...GOOD.slice(0, 1), ...GOOD]),
  }),
  'spliced-message-start': fault({
    doc: 'GOOD with the message_start of another message (another id) after "Hello".',
    cases: ['T032'],
    play: (stage) => stage.stream(GOOD.toSpliced(5, 0, goodStart('msg_other'))),
  }),
};
