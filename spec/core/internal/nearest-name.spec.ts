import fc from 'fast-check';
import { nearestName } from '../../../lib/core/internal/nearest-name.js';

const names = ['model', 'maxTokens', 'temperature', 'topP', 'topK', 'toolChoice', 'tools', 'stop'];

describe('nearestName', () => {
  it.each([
    ['max_tokens', 'maxTokens'],
    ['MAX-TOKENS', 'maxTokens'],
    ['maxToken', 'maxTokens'],
    ['temprature', 'temperature'],
    ['tool_choice', 'toolChoice'],
    ['top_p', 'topP'],
    ['tool', 'tools'],
  ])('finds what %s was to be', (unknown, expected) => {
    expect(nearestName(unknown, names)).toBe(expected);
  });

  it.each(['seed', 'x', '', '__proto__', '🐟'])('finds none for %j', (unknown) => {
    expect(nearestName(unknown, names)).toBeUndefined();
  });

  it('finds a name again with another case and separators, and with one letter changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names.filter(({ length }) => length > 4)),
        fc.nat(),
        (name, at) => {
          const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
          const index = at % name.length;
          expect(nearestName(snake, names)).toBe(name);
          expect(nearestName(`${name.slice(0, index)}#${name.slice(index + 1)}`, names)).toBe(name);
        },
      ),
    );
  });

  it('answers a name of any length at once', () => {
    expect(nearestName('m'.repeat(10_000_000), names)).toBeUndefined();
  });
});
