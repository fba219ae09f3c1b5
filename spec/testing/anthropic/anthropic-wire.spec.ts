import { anthropicWire } from 'rxlm/testing';
import { foldWire } from '../../../lib/testing/anthropic/fold-wire';
import { dataOf, wireAnswer } from '../../support/wire-answer';

it('anthropicWire says an answer as Messages does, and proves it by message_stop', () => {
  expect(foldWire(dataOf(anthropicWire, wireAnswer))).toMatchObject({
    content: [
      { type: 'thinking', thinking: 'Hm, so.' },
      { type: 'text', text: 'I look.' },
      { type: 'tool_use', id: 'call_1', name: 'weather', input: { city: 'Graz' } },
    ],
    stop_reason: 'tool_use',
    usage: { input_tokens: 3, output_tokens: 5 },
  });
  const { frames, proof } = anthropicWire.answer(wireAnswer);
  expect(frames[proof]).toContain('message_stop');
  expect(foldWire(dataOf(anthropicWire, { text: ['A'], finish: 'length' }))).toMatchObject({
    stop_reason: 'max_tokens',
  });
});
