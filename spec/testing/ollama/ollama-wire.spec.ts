import { ollamaWire } from 'rxlm/testing';
import { dataOf, wireAnswer } from '../../support/wire-answer';

it('ollamaWire says an answer as /api/chat does, and proves it by done', () => {
  const lines: readonly { done: boolean; message: Record<string, string | object[]> }[] = dataOf(
    ollamaWire,
    wireAnswer,
  );
  const joined = (field: string) =>
    lines.map(({ message }) => (message[field] ?? '') as string).join('');
  expect([joined('thinking'), joined('content')]).toEqual(['Hm, so.', 'I look.']);
  expect(lines.at(-2)?.message['tool_calls']).toEqual([
    { id: 'call_1', function: { name: 'weather', arguments: { city: 'Graz' } } },
  ]);
  expect(lines.map(({ done }) => done).indexOf(true)).toBe(ollamaWire.answer(wireAnswer).proof);
  expect(lines.at(-1)).toMatchObject({ prompt_eval_count: 3, eval_count: 5, done_reason: 'stop' });
});
