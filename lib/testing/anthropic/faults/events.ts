import { frameText } from '../../http/frame.js';
import { GOOD } from '../recordings/good-answer.js';
import {
  blockDelta,
  blockStart,
  blockStop,
  errorEvent,
  messageDelta,
  ping,
} from '../wire-event.js';
import { fault } from './fault.js';

/** Events, blocks and deltas nobody knows, errors in the stream, data that is no JSON. */
export const eventFaults = {
  'unknown-event': fault({
    doc: 'GOOD with an event of an unknown `type` before its event number `before`; its data is `data`, JSON or not.',
    cases: ['T015'],
    params: {
      before: 5,
      type: 'future_event',
      data: '{"type":"future_event","note":"not yet invented"}',
    },
    play: (stage, { before, type, data }) =>
      stage.stream([...GOOD.slice(0, before), frameText(type, data), ...GOOD.slice(before)]),
  }),
  'unknown-block': fault({
    doc: 'GOOD with a second block of an unknown type, `hologram`, that has a delta of its own.',
    cases: ['T017'],
    play: (stage) =>
      stage.stream(
        GOOD.toSpliced(
          9,
          0,
          blockStart(1, { type: 'hologram', beams: 3 }),
          blockDelta(1, { type: 'hologram_delta', beam: 'violet' }),
          blockStop(1),
        ),
      ),
  }),
  'unknown-delta': fault({
    doc: 'GOOD with a delta of an unknown type, `sparkle_delta`, inside its text block.',
    cases: ['T017'],
    play: (stage) =>
      stage.stream(GOOD.toSpliced(5, 0, blockDelta(0, { type: 'sparkle_delta', sparkle: 1 }))),
  }),
  'unknown-stop-reason': fault({
    doc: 'GOOD with the unknown stop reason `tired`.',
    cases: ['T017'],
    play: (stage) => stage.stream(GOOD.with(9, messageDelta('tired', { output_tokens: 7 }))),
  }),
  pings: fault({
    doc: 'GOOD with `count` pings spread over it, the first of them before message_start.',
    cases: ['T018'],
    params: { count: 1000 },
    play: (stage, { count }) => {
      const some = Array(Math.ceil(count / GOOD.length)).fill(ping) as (typeof ping)[];
      return stage.stream(GOOD.flatMap((event) => [...some, event]));
    },
  }),
  'error-first': fault({
    doc: 'Status 200 and an event stream whose only event is an error of this `type`.',
    cases: ['T019'],
    params: { type: 'overloaded_error', message: 'Overloaded' },
    play: (stage, { type, message }) => stage.stream([errorEvent(type, message)]),
  }),
  'error-after': fault({
    doc: 'The first `events` events of GOOD, then an error event of this `type` and a clean end.',
    cases: ['T020', 'T052'],
    params: { events: 3, type: 'overloaded_error', message: 'Overloaded' },
    play: (stage, { events, type, message }) =>
      stage.stream([...GOOD.slice(0, events), errorEvent(type, message)]),
  }),
  'error-not-json': fault({
    doc: 'The first `events` events of GOOD, then an error event whose data is `bytes` bytes of plain text.',
    cases: ['T021'],
    params: { events: 3, bytes: 2000 },
    play: (stage, { events, bytes }) =>
      stage.stream([...GOOD.slice(0, events), frameText('error', 'upstream! '.repeat(bytes / 10))]),
  }),
  'invalid-json': fault({
    doc: 'GOOD with a text delta, before its event number 5, whose data is `data` as it is: broken JSON, or NaN, null, an array.',
    cases: ['T036'],
    params: {
      data: '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"private',
    },
    play: (stage, { data }) =>
      stage.stream([...GOOD.slice(0, 5), frameText('content_block_delta', data), ...GOOD.slice(5)]),
  }),
  'no-json-type': fault({
    doc: 'GOOD without `type` in its JSON; only the `event:` line tells it.',
    cases: ['T004'],
    play: (stage) =>
      stage.stream(GOOD.map(({ type, ...rest }) => frameText(type, JSON.stringify(rest)))),
  }),
};
