import { Usage } from '../../../lib/anthropic/stream/usage';

const usageOf = (...said: unknown[]) => {
  const usage = new Usage();
  for (const one of said) usage.add(one);
  return usage;
};

describe('Usage', () => {
  it('[15] is a snapshot: what comes overwrites and is never added', () => {
    const usage = usageOf({ input_tokens: 21, output_tokens: 2 });
    expect(usage.metadata).toMatchObject({ input_tokens: 21, output_tokens: 2, total_tokens: 23 });
    usage.add({ output_tokens: 73, input_tokens: null });
    expect(usage.metadata).toMatchObject({ input_tokens: 21, output_tokens: 73, total_tokens: 94 });
  });

  it('[15] counts what was read from a cache or written to it', () => {
    const said = {
      input_tokens: 21,
      cache_read_input_tokens: 300,
      cache_creation_input_tokens: 100,
      output_tokens: 2,
    };
    expect(usageOf(said).metadata).toEqual({
      input_tokens: 421,
      output_tokens: 2,
      total_tokens: 423,
      input_token_details: { cache_read: 300, cache_creation: 100 },
    });
  });

  it('reports tokens of thinking, and keeps what else is said', () => {
    const usage = usageOf({
      input_tokens: 1,
      output_tokens: 9,
      output_tokens_details: { thinking_tokens: 4 },
      service_tier: 'standard',
    });
    expect(usage.metadata?.output_token_details).toEqual({ reasoning: 4 });
    expect(usage.details).toMatchObject({ service_tier: 'standard' });
  });

  it.each([[undefined], [null], ['many']])(
    'takes %p for missing, with one warning however often',
    (said) => {
      const usage = usageOf(said, said);
      expect(usage.metadata).toBeUndefined();
      expect(usage.warnings).toEqual([expect.objectContaining({ code: 'usage_missing' })]);
    },
  );

  it.each([Infinity, NaN, -5, '7', 2 ** 53 + 2, 1.5])(
    'T035: leaves out a count of %p, and the total with it',
    (odd) => {
      const usage = usageOf({ input_tokens: 3, output_tokens: 1 }, { output_tokens: odd });
      expect(usage.metadata).toEqual({
        input_tokens: 3,
        input_token_details: { cache_read: 0, cache_creation: 0 },
      });
      expect(usage.warnings).toEqual([expect.objectContaining({ code: 'usage_odd' })]);
    },
  );

  it('[17] keeps __proto__ as data', () => {
    const usage = usageOf(
      JSON.parse('{"input_tokens":1,"output_tokens":1,"__proto__":{"polluted":1}}'),
    );
    expect(Object.keys(usage.details)).toEqual(['__proto__']);
    expect((usage.details as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each([[[]], [[1, 2]]])('takes a list, %j, for missing', (said) => {
    expect(usageOf(said)).toMatchObject({
      metadata: undefined,
      warnings: [{ code: 'usage_missing' }],
    });
  });

  it('T035: says nothing odd in the details either', () => {
    const odd = {
      cache_read_input_tokens: Infinity,
      output_tokens_details: { thinking_tokens: -1 },
    };
    const usage = usageOf({ input_tokens: 3, output_tokens: 1, cache_read_input_tokens: 5 }, odd);
    expect(usage.details).toEqual({ output_tokens_details: { thinking_tokens: -1 } });
    expect(usage.metadata).toEqual({
      input_tokens: 3,
      output_tokens: 1,
      total_tokens: 4,
      input_token_details: { cache_read: 0, cache_creation: 0 },
    });
  });
});
