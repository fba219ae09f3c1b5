import { reasoningOf } from '../../../lib/operators/internal/reasoning-of.js';

describe('reasoningOf', () => {
  it.each([
    [{ type: 'thinking', thinking: 'a' }, 'a'],
    [{ type: 'reasoning', reasoning: 'a' }, 'a'],
    [{ type: 'thinking', signature: 'Eq' }, ''],
    [{ type: 'reasoning', reasoning: 1 }, ''],
    [{ type: 'text', text: 'a', thinking: 'b' }, undefined],
    [{ type: 'redacted_thinking', data: 'x' }, undefined],
  ])('of %j is %j', (piece, text) => {
    expect(reasoningOf(piece)).toBe(text);
  });
});
