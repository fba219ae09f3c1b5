import type { FinishReason } from '../../messages/finish-reason.js';
import { type ChatModelWire, finishOf } from '../contract/chat-model-wire.js';

const FINISH_REASONS: ReadonlyMap<FinishReason, string> = new Map([
  ['stop', 'STOP'],
  ['tool_call', 'STOP'],
  ['length', 'MAX_TOKENS'],
  ['content_filter', 'SAFETY'],
]);
const ID = 'a-response';

/** Google's `streamGenerateContent?alt=sse`, for {@link describeChatModel}. */
export const googleWire: ChatModelWire = {
  finishes: [...FINISH_REASONS.keys()],
  wholeCalls: true,
  endsWithBody: true,
  answer: (answer) => {
    const { reasoning = [], text = [], calls = [] } = answer;
    const { usage = { input: 21, output: 73 } } = answer;
    const parts = [
      ...reasoning.map((thought) => ({ text: thought, thought: true })),
      ...text.map((piece) => ({ text: piece })),
      ...calls.map(({ id, name, args }) => ({
        functionCall: { id, name, args: JSON.parse(args.join('')) as unknown },
      })),
    ];
    const responses = parts.map((part) => response({ content: { role: 'model', parts: [part] } }));
    const finish = { finishReason: FINISH_REASONS.get(finishOf(answer)) ?? 'STOP' };
    const counts = { promptTokenCount: usage.input, candidatesTokenCount: usage.output };
    const usageMetadata = { ...counts, totalTokenCount: usage.input + usage.output };
    const frames = [...responses, response(finish, { usageMetadata })];
    return { frames, proof: frames.length - 1, id: ID };
  },
  error: (message) => frame({ error: { code: 503, message, status: 'UNAVAILABLE' } }),
  refusal: (status, message) => ({ error: { code: status, message } }),
  unknown: (note) => frame({ ofTheFuture: note }),
};

function frame(value: object): string {
  return `data: ${JSON.stringify(value)}\r\n\r\n`;
}

function response(candidate: object, fields: object = {}): string {
  const head = { modelVersion: 'a-model', responseId: ID };
  return frame({ candidates: [{ ...candidate, index: 0 }], ...fields, ...head });
}
