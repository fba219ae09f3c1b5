import type { FinishReason } from '../../messages/finish-reason.js';
import { type ChatModelWire, finishOf, type WireAnswer } from '../contract/chat-model-wire.js';
import { frameText } from '../http/frame.js';
import { errorBody, errorTypeOf } from './provider-error.js';
import { type BlockParts, recordingOf } from './make-recording.js';
import { errorEvent, ping, type WireEvent } from './wire-event.js';

const STOP_REASONS: ReadonlyMap<FinishReason, string> = new Map([
  ['stop', 'end_turn'],
  ['length', 'max_tokens'],
  ['tool_call', 'tool_use'],
  ['content_filter', 'refusal'],
  ['pause', 'pause_turn'],
]);
const ID = 'msg_contract';

/** Anthropic's Messages, for {@link describeChatModel}. */
export const anthropicWire: ChatModelWire = {
  finishes: [...STOP_REASONS.keys()],
  answer: (answer) => {
    const { usage = { input: 21, output: 73 } } = answer;
    const frames = recordingOf({
      id: ID,
      content: blocksOf(answer),
      stopReason: STOP_REASONS.get(finishOf(answer)) ?? 'end_turn',
      usage: {
        start: { input_tokens: usage.input, output_tokens: Math.min(1, usage.output) },
        end: { output_tokens: usage.output },
      },
    }).map(frame);
    return { frames, proof: frames.length - 1, id: ID };
  },
  error: (message) => frame(errorEvent('overloaded_error', message)),
  refusal: (status, message) => errorBody(errorTypeOf(status), message, 'req_contract'),
  ping: frame(ping),
  unknown: (note) => frame({ type: 'of_the_future', note }),
};

function frame(event: WireEvent): string {
  return frameText(event.type, JSON.stringify(event));
}

function blocksOf({ reasoning = [], text = [], calls = [] }: WireAnswer): readonly BlockParts[] {
  return [
    ...(reasoning.length === 0 ? [] : [{ thinking: reasoning }]),
    ...(text.length === 0 ? [] : [{ text }]),
    ...calls.map(({ id, name, args }) => ({ tool: name, id, input: args })),
  ];
}
