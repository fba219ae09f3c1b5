import { googleWire } from 'rxlm/testing';
import { dataOf, wireAnswer } from '../../support/wire-answer';

interface Response {
  readonly candidates: readonly {
    readonly content?: { readonly parts: readonly Record<string, never>[] };
    readonly finishReason?: string;
  }[];
  readonly usageMetadata?: object;
}

it('googleWire says an answer as streamGenerateContent does, and proves it by a finishReason', () => {
  const responses: readonly Response[] = dataOf(googleWire, wireAnswer);
  const parts = responses.flatMap(({ candidates: [first] }) => first?.content?.parts ?? []);
  expect(parts).toEqual([
    { text: 'Hm, ', thought: true },
    { text: 'so.', thought: true },
    { text: 'I ' },
    { text: 'look.' },
    { functionCall: { id: 'call_1', name: 'weather', args: { city: 'Graz' } } },
  ]);
  const proof = responses.findIndex(({ candidates: [first] }) => first?.finishReason === 'STOP');
  expect(proof).toBe(googleWire.answer(wireAnswer).proof);
  expect(responses.at(-1)?.usageMetadata).toMatchObject({
    promptTokenCount: 3,
    candidatesTokenCount: 5,
  });
});
