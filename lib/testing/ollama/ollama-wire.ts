import { type ChatModelWire, finishOf } from '../contract/chat-model-wire.js';

/** Ollama's `/api/chat`, for {@link describeChatModel}. */
export const ollamaWire: ChatModelWire = {
  mediaType: 'application/x-ndjson',
  finishes: ['stop', 'length', 'tool_call'],
  wholeCalls: true,
  answer: (answer) => {
    const { reasoning = [], text = [], calls = [] } = answer;
    const { usage = { input: 21, output: 73 } } = answer;
    const messages = [
      ...reasoning.map((thinking) => ({ role: 'assistant', content: '', thinking })),
      ...text.map((content) => ({ role: 'assistant', content })),
      ...calls.map(({ id, name, args }) => ({
        role: 'assistant',
        content: '',
        tool_calls: [{ id, function: { name, arguments: JSON.parse(args.join('')) as unknown } }],
      })),
    ];
    const frames = [
      ...messages.map((message) => line({ message, done: false })),
      line({
        message: { role: 'assistant', content: '' },
        done: true,
        done_reason: finishOf(answer) === 'length' ? 'length' : 'stop',
        prompt_eval_count: usage.input,
        eval_count: usage.output,
      }),
    ];
    return { frames, proof: frames.length - 1 };
  },
  error: (message) => `${JSON.stringify({ error: message })}\n`,
  refusal: (status, message) => ({ error: message }),
  unknown: (note) => line({ of_the_future: note }),
};

function line(fields: object): string {
  const head = { model: 'a-model', created_at: '2026-01-01T00:00:00Z' };
  return `${JSON.stringify({ ...head, ...fields })}\n`;
}
