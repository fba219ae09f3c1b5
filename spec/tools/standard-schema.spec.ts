import { expectTypeOf } from 'expect-type';
import { z } from 'zod';
import {
  type InferInput,
  type InferOutput,
  isStandardSchema,
  type StandardResult,
  type StandardSchema,
} from '../../lib/tools/standard-schema';

/** As the specification has it: a validation, its options, and the target and options of JSON Schema. */
interface Specified<I, O> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly types?: { readonly input: I; readonly output: O } | undefined;
    readonly validate: (
      value: unknown,
      options?: { readonly libraryOptions?: Record<string, unknown> | undefined },
    ) => Result<O> | Promise<Result<O>>;
  };
}
interface SpecifiedJson {
  readonly '~standard': {
    readonly jsonSchema: Record<'input' | 'output', (options: Target) => Record<string, unknown>>;
  };
}
interface Target {
  readonly target: 'draft-2020-12' | 'draft-07' | 'openapi-3.0' | (string & {});
  readonly libraryOptions?: Record<string, unknown> | undefined;
}
type Result<O> =
  | { readonly value: O; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
      }[];
    };

describe('StandardSchema', () => {
  it('is what the specification says, with JSON Schema or without', () => {
    expectTypeOf<Specified<string, number>>().toExtend<StandardSchema<string, number>>();
    expectTypeOf<Specified<string, number> & SpecifiedJson>().toExtend<
      StandardSchema<string, number>
    >();
    expectTypeOf<Specified<string, number>>().not.toExtend<StandardSchema<string, boolean>>();
    expectTypeOf<Result<number>>().toEqualTypeOf<StandardResult<number>>();
    const schema = z.string().transform(Number);
    expectTypeOf(schema).toExtend<StandardSchema<string, number>>();
    expect(isStandardSchema(schema)).toBe(true);
  });

  it('reports what it takes and what it makes of it', () => {
    const schema = z.object({ city: z.string().transform((city) => city.length) });
    expectTypeOf<InferInput<typeof schema>>().toEqualTypeOf<{ city: string }>();
    expectTypeOf<InferOutput<typeof schema>>().toEqualTypeOf<{ city: number }>();
    expect(schema['~standard'].validate({ city: 'Graz' })).toEqual({ value: { city: 4 } });
  });
});

describe('isStandardSchema', () => {
  it('knows them by their one property, functions as well', () => {
    const { validate, vendor, version } = z.string()['~standard'];
    const callable = Object.assign(() => undefined, {
      '~standard': { validate, vendor, version },
    });
    expect([z.string(), callable].map(isStandardSchema)).toEqual([true, true]);
  });

  it.each([undefined, null, 'schema', 7, {}, { type: 'object' }, () => undefined])(
    'is false for %p',
    (value) => {
      expect(isStandardSchema(value)).toBe(false);
    },
  );
});
