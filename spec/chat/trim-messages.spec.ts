import fc from 'fast-check';
import { AIMessage, type AnyMessage, HumanMessage, SystemMessage, ToolMessage } from 'rxlm';
import { trimMessages } from '../../lib/chat/trim-messages.js';
import { callOf } from '../support/scripted-model.js';

const exchange = fc
  .record({ calls: fc.nat(2), system: fc.boolean() })
  .map(({ calls, system }): AnyMessage[] => {
    const ids = Array.from({ length: calls }, (_, index) => `c${String(index)}`);
    return [
      ...(system ? [new SystemMessage('s')] : []),
      new HumanMessage('q'),
      ...(calls > 0
        ? [new AIMessage({ content: '', tool_calls: ids.map((id) => callOf(id)) })]
        : []),
      ...ids.map((tool_call_id) => new ToolMessage({ content: 'r', tool_call_id })),
      new AIMessage('a'),
    ];
  });

describe('trimMessages', () => {
  it('keeps to the limit from a question on, and never cuts a call from its result', () => {
    fc.assert(
      fc.property(
        fc.array(exchange, { minLength: 1 }),
        fc.integer({ min: 1, max: 12 }),
        (all, max) => {
          const messages = all.flat();
          const byCount = trimMessages(messages, { maxMessages: max });
          const byTokens = trimMessages(messages, { maxTokens: max * 7, countTokens: () => 7 });
          expect(byTokens).toEqual(byCount);
          const rest = byCount.filter(({ type }) => type !== 'system');
          expect(rest[0]?.type).toBe('human');
          expect(messages.filter(({ type }) => type !== 'system').slice(-rest.length)).toEqual(
            rest,
          );
          const systems = (list: readonly AnyMessage[]) =>
            list.filter(({ type }) => type === 'system');
          expect(systems(byCount)).toEqual(systems(messages));
          const questions = rest.filter(({ type }) => type === 'human').length;
          if (questions > 1) expect(byCount.length).toBeLessThanOrEqual(max);
        },
      ),
    );
  });

  it('gives the messages themselves where all of them may stay', () => {
    const messages = [new HumanMessage('a')];
    expect(trimMessages(messages, { maxMessages: 1 })).toBe(messages);
    expect(trimMessages([], {})).toEqual([]);
  });

  it.each<[string, object]>([
    ['maxMessages', { maxMessages: 0 }],
    ['maxTokens', { maxTokens: NaN, countTokens: () => 1 }],
    ['countTokens', { maxTokens: 1 }],
    ['countTokens', { countTokens: 7 }],
  ])('refuses an invalid %s', (name, options) => {
    expect(() => trimMessages([], options)).toThrow(TypeError);
    expect(() => trimMessages([], options)).toThrow(name);
  });
});
