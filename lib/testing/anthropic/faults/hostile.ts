import { frameText } from '../../http/frame.js';
import { GOOD } from '../recordings/good-answer.js';
import {
  blockDelta,
  blockStart,
  blockStop,
  jsonDelta,
  messageStart,
  messageStop,
} from '../wire-event.js';
import { choose, fault } from './fault.js';

const keys =
  '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"toString":"no"}';

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const deepPlaces: Readonly<Record<string, (depth: number) => string>> = {
  event: (depth) => frameText('future_event', `{"type":"future_event","deep":${nested(depth)}}`),
  block: (depth) =>
    frameText(
      'content_block_start',
      `{"type":"content_block_start","index":1,"content_block":{"type":"hologram","deep":${nested(depth)}}}`,
    ) + frameText('content_block_stop', '{"type":"content_block_stop","index":1}'),
};

/** JSON made to do harm where it is merged or serialised again. */
export const hostileFaults = {
  'proto-keys': fault({
    doc: 'A text and a tool call with the keys `__proto__`, `constructor` and `toString` in the message, its usage, blocks, deltas and arguments.',
    cases: ['T037'],
    play: (stage) => {
      const hostile = JSON.parse(keys) as object;
      return stage.stream([
        messageStart({
          id: 'msg_hostile',
          model: 'claude-3-haiku-20240307',
          usage: { input_tokens: 3, output_tokens: 1, ...hostile },
          ...hostile,
        }),
        blockStart(0, { type: 'text', text: '', ...hostile }),
        blockDelta(0, { type: 'text_delta', text: 'Hello', ...hostile }),
        blockStop(0),
        blockStart(1, {
          type: 'tool_use',
          id: 'toolu_1',
          name: 'open_file',
          input: {},
          ...hostile,
        }),
        jsonDelta(1, keys),
        blockStop(1),
        {
          type: 'message_delta',
          delta: { stop_reason: 'tool_use', stop_sequence: null, ...hostile },
          usage: { output_tokens: 7, ...hostile },
          ...hostile,
        },
        messageStop,
      ]);
    },
  }),
  'deep-json': fault({
    doc: 'GOOD with arrays `depth` deep, which parse but do not serialise. `where`: event (an unknown one), block (a second one).',
    cases: ['T039'],
    params: { depth: 200_000, where: 'event' },
    play: (stage, { depth, where }) =>
      stage.stream([...GOOD.slice(0, 9), choose(deepPlaces, where)(depth), ...GOOD.slice(9)]),
  }),
};
