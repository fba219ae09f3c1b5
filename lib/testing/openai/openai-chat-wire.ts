import type { FinishReason } from '../../messages/finish-reason.js';
import { type ChatModelWire, finishOf, type WireCall } from '../contract/chat-model-wire.js';

const FINISH_REASONS: ReadonlyMap<FinishReason, string> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['tool_call', 'tool_calls'],
  ['content_filter', 'content_filter'],
]);
const ID = 'chatcmpl-contract';

/** OpenAI's Chat Completions, for {@link describeChatModel}. */
export const openaiChatWire: ChatModelWire = {
  finishes: [...FINISH_REASONS.keys()],
  answer: (answer) => {
    const { reasoning = [], text = [], calls = [] } = answer;
    const { usage = { input: 21, output: 73 } } = answer;
    const deltas = [
      { role: 'assistant', content: '' },
      ...reasoning.map((piece) => ({ reasoning_content: piece })),
      ...text.map((piece) => ({ content: piece })),
      ...calls.flatMap(callDeltas),
    ].map((delta) => chunk({ choices: [{ index: 0, delta, finish_reason: null }] }));
    const finish_reason = FINISH_REASONS.get(finishOf(answer)) ?? 'stop';
    const counts = { prompt_tokens: usage.input, completion_tokens: usage.output };
    const frames = [
      ...deltas,
      chunk({ choices: [{ index: 0, delta: {}, finish_reason }] }),
      chunk({
        choices: [],
        usage: { ...counts, total_tokens: usage.input + usage.output },
      }),
      'data: [DONE]\n\n',
    ];
    return { frames, proof: deltas.length, id: ID };
  },
  error: (message) => frame({ error: { type: 'server_error', message } }),
  refusal: (status, message) => ({ error: { message, type: null, param: null, code: null } }),
  ping: ': ping\n\n',
  unknown: (note) => frame({ object: 'of.the.future', note }),
};

function frame(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

function chunk(fields: object): string {
  const head = { id: ID, object: 'chat.completion.chunk', created: 0, model: 'a-model' };
  return frame({ ...head, ...fields });
}

function callDeltas({ id, name, args }: WireCall, index: number): readonly object[] {
  const begin = { index, id, type: 'function', function: { name, arguments: '' } };
  const pieces = args.map((piece) => ({ index, function: { arguments: piece } }));
  return [begin, ...pieces].map((call) => ({ tool_calls: [call] }));
}
