import { openaiChatWire } from 'rxlm/testing';
import { dataOf, wireAnswer } from '../../support/wire-answer';

interface Chunk {
  readonly choices: readonly {
    readonly delta: Readonly<Record<string, string>> & {
      readonly tool_calls?: readonly { readonly function: { readonly arguments: string } }[];
    };
    readonly finish_reason: string | null;
  }[];
  readonly usage?: object;
}

it('openaiChatWire says an answer as Chat Completions does, and proves it by finish_reason', () => {
  const chunks: readonly Chunk[] = dataOf(openaiChatWire, wireAnswer);
  const deltas = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta));
  const joined = (field: string) => deltas.map((delta) => delta[field] ?? '').join('');
  expect([joined('reasoning_content'), joined('content')]).toEqual(['Hm, so.', 'I look.']);
  const calls = deltas.flatMap(({ tool_calls = [] }) => tool_calls);
  expect(calls[0]).toMatchObject({ index: 0, id: 'call_1', function: { name: 'weather' } });
  expect(calls.map((call) => call.function.arguments).join('')).toBe('{"city":"Graz"}');
  expect(chunks.at(-1)?.usage).toEqual({
    prompt_tokens: 3,
    completion_tokens: 5,
    total_tokens: 8,
  });
  const { frames, proof } = openaiChatWire.answer(wireAnswer);
  expect(frames[proof]).toContain('"finish_reason":"tool_calls"');
  expect(frames.at(-1)).toBe('data: [DONE]\n\n');
});
