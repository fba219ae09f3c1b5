import fc from 'fast-check';
import { replaceUsage } from '../../../lib/messages/internal/replace-usage.js';

describe('replaceUsage', () => {
  it('adds what is new', () => {
    expect(replaceUsage(undefined, undefined, { input_tokens: 21 })).toEqual({ input_tokens: 21 });
    expect(
      replaceUsage({ input_tokens: 21, output_tokens: 73 }, undefined, { input_tokens: 4 }),
    ).toEqual({ input_tokens: 25, output_tokens: 73 });
  });

  it('takes away what it replaces', () => {
    const before = { input_tokens: 21, output_tokens: 2, total_tokens: 23 };
    const now = { input_tokens: 21, output_tokens: 73, total_tokens: 94 };
    expect(
      replaceUsage({ input_tokens: 31, output_tokens: 3, total_tokens: 34 }, before, now),
    ).toEqual({
      input_tokens: 31,
      output_tokens: 74,
      total_tokens: 105,
    });
    expect(replaceUsage({ input_tokens: 31 }, { input_tokens: 21 }, {})).toEqual({
      input_tokens: 10,
    });
  });

  it('sums details by name, whatever the name', () => {
    const details = JSON.parse('{"__proto__":1,"cache_read":2}') as Record<string, number>;
    const sum = replaceUsage({ input_token_details: details }, undefined, {
      input_token_details: details,
    });
    expect(JSON.stringify(sum)).toBe('{"input_token_details":{"__proto__":2,"cache_read":4}}');
    expect(
      replaceUsage(
        { input_token_details: { cache_read: 5 } },
        { input_token_details: { cache_read: 2 } },
        {},
      ),
    ).toEqual({ input_token_details: { cache_read: 3 } });
  });

  it('is the sum of the latest of each part, in whatever order they come', () => {
    const usage = fc.record({
      input_tokens: fc.nat(),
      output_tokens: fc.nat(),
      input_token_details: fc.record({ cache_read: fc.nat() }),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 3 }), usage), { minLength: 1 }), (said) => {
        const latest = new Map<number, (typeof said)[number][1]>();
        let sum: ReturnType<typeof replaceUsage> | undefined;
        for (const [part, now] of said) {
          sum = replaceUsage(sum, latest.get(part), now);
          latest.set(part, now);
        }
        const total = (count: (each: (typeof said)[number][1]) => number) =>
          [...latest.values()].map(count).reduce((a, b) => a + b);
        expect(sum).toEqual({
          input_tokens: total((each) => each.input_tokens),
          output_tokens: total((each) => each.output_tokens),
          input_token_details: { cache_read: total((each) => each.input_token_details.cache_read) },
        });
      }),
    );
  });
});
