import { openaiResponsesWire } from 'rxlm/testing';
import { dataOf, wireAnswer } from '../../support/wire-answer';

it('openaiResponsesWire says an answer as Responses does, and proves it by its last event', () => {
  const events: readonly { type: string; delta?: string; response?: object }[] = dataOf(
    openaiResponsesWire,
    wireAnswer,
  );
  expect(events.map(({ delta = '' }) => delta).join('')).toBe('Hm, so.I look.{"city":"Graz"}');
  expect(events.at(-1)).toMatchObject({
    type: 'response.completed',
    response: {
      output: [
        { type: 'reasoning', summary: [{ text: 'Hm, so.' }] },
        { type: 'message', content: [{ text: 'I look.' }] },
        { type: 'function_call', call_id: 'call_1', name: 'weather', arguments: '{"city":"Graz"}' },
      ],
      usage: { input_tokens: 3, output_tokens: 5, total_tokens: 8 },
    },
  });
  expect(openaiResponsesWire.answer(wireAnswer).proof).toBe(events.length - 1);
  expect(dataOf(openaiResponsesWire, { text: ['A'], finish: 'length' }).at(-1)).toMatchObject({
    type: 'response.incomplete',
    response: { incomplete_details: { reason: 'max_output_tokens' } },
  });
});
