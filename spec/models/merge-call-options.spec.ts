import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import type { ModelCallOptions } from 'rxlm';
import {
  byKey,
  type CallOptionRulesOf,
  headersByName,
  lastOne,
  mergeCallOptions,
  union,
} from '../../lib/models/merge-call-options.js';

interface Options {
  readonly model?: string | undefined;
  readonly headers?: Readonly<Record<string, string | null>> | undefined;
  readonly betas?: readonly string[] | undefined;
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
}
const rules: CallOptionRulesOf<Options> = {
  model: lastOne,
  headers: headersByName,
  betas: union,
  extra: byKey,
};
const merge = (...places: Options[]) =>
  places.reduce((earlier, later) => mergeCallOptions<Options>(rules, earlier, later), {});

const headerNames = fc.constantFrom(
  'x-tenant',
  'X-Tenant',
  'X-TENANT',
  'accept',
  'Accept',
  '__proto__',
);
const options: fc.Arbitrary<Options> = fc.record(
  {
    model: fc.option(fc.string(), { nil: undefined }),
    headers: fc.dictionary(headerNames, fc.option(fc.string())),
    betas: fc.array(fc.constantFrom('a', 'b', 'c')),
    extra: fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'constructor'), fc.anything()),
  },
  { requiredKeys: [] },
);
const lowered = (headers: object = {}) =>
  Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);

describe('mergeCallOptions', () => {
  it('is associative: it does not matter in which order places are merged', () => {
    fc.assert(
      fc.property(options, options, options, (a, b, c) => {
        expect(merge(merge(a, b), c)).toEqual(merge(a, mergeCallOptions<Options>(rules, b, c)));
      }),
    );
  });

  it('knows headers by name whatever its case: the last value said stands, once', () => {
    fc.assert(
      fc.property(fc.array(options, { maxLength: 4 }), (places) => {
        const said = new Map(places.flatMap(({ headers }) => lowered(headers)));
        const merged = lowered(merge({ headers: {} }, ...places, { headers: {} }).headers);
        expect(merged).toHaveLength(said.size);
        expect(new Map(merged)).toEqual(said);
      }),
    );
  });

  it('loses no name of a union and no key of an object', () => {
    fc.assert(
      fc.property(options, options, (a, b) => {
        const merged = merge(a, b);
        expect(new Set(merged.betas)).toEqual(new Set([...(a.betas ?? []), ...(b.betas ?? [])]));
        expect(Object.entries({ ...merged.extra })).toEqual(
          Object.entries({ ...a.extra, ...b.extra }),
        );
      }),
    );
  });

  it('takes undefined for nothing said', () => {
    fc.assert(
      fc.property(options, (said) => {
        const nothing = {
          model: undefined,
          headers: undefined,
          betas: undefined,
          extra: undefined,
        };
        expect(merge(said, nothing)).toEqual(merge(said));
        expect(merge(nothing, said)).toEqual(merge(said));
      }),
    );
  });

  it('lets the later value stand where there is no rule, and keeps __proto__ as data', () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":1},"constructor":2}') as object;
    const merged = mergeCallOptions<object>({}, { a: { b: 1 }, ...hostile }, { a: { c: 2 } });
    expect(Object.entries(merged)).toEqual([
      ['a', { c: 2 }],
      ['__proto__', { polluted: 1 }],
      ['constructor', 2],
    ]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('changes neither of what it merges', () => {
    const earlier = Object.freeze({
      betas: Object.freeze(['a']),
      headers: Object.freeze({ a: '1' }),
    });
    merge(earlier, { betas: ['b'], headers: { A: '2' } });
    expect(earlier).toEqual({ betas: ['a'], headers: { a: '1' } });
  });

  it('wants a rule for every option of a model', () => {
    expectTypeOf<keyof CallOptionRulesOf<ModelCallOptions>>().toEqualTypeOf<
      keyof ModelCallOptions
    >();
    // @ts-expect-error there is no rule for the others
    const some: CallOptionRulesOf<Options> = { model: lastOne };
    expect(some).toBeDefined();
  });
});

describe('headersByName', () => {
  it('gives the later spelling, and null for what is to be taken away', () => {
    expect(headersByName({ 'X-A': '1', b: '2' }, { 'x-a': null })).toEqual({ 'x-a': null, b: '2' });
  });
});
