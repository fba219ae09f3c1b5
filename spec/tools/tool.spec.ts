import { expectTypeOf } from 'expect-type';
import { of } from 'rxjs';
import type { ToolMessage } from 'rxlm';
import { z } from 'zod';
import type { StructuredTool } from '../../lib/tools/structured-tool';
import type { ToolConfig } from '../../lib/tools/tool-options';
import { tool } from '../../lib/tools/tool';

const schema = z.object({
  city: z.string().transform((city) => city.length),
  days: z.number().default(3),
});

describe('tool', () => {
  it('knows from its schema what the function gets and what the tool takes', async () => {
    const weather = tool({
      name: 'weather',
      description: 'Tells the weather.',
      schema,
      func: ({ city, days }, config) => {
        expectTypeOf(city).toEqualTypeOf<number>();
        expectTypeOf(days).toEqualTypeOf<number>();
        expectTypeOf(config).toEqualTypeOf<ToolConfig>();
        return of(city * days);
      },
    });
    expectTypeOf(weather).toEqualTypeOf<
      StructuredTool<{ city: string; days?: number | undefined }, number>
    >();
    const answer = weather.invoke({ type: 'tool_call', id: 'a', name: 'weather', args: {} });
    expectTypeOf(answer).resolves.toEqualTypeOf<ToolMessage>();
    expectTypeOf(weather.invoke({ city: 'Graz' })).resolves.toEqualTypeOf<number>();
    expect(await weather.invoke({ city: 'Graz' })).toBe(12);
    expect(await answer).toMatchObject({ status: 'error' });
  });

  it('does not compile for arguments of the wrong type', async () => {
    const weather = tool({ name: 'weather', schema, func: ({ city }) => city });
    // @ts-expect-error -- a city is a string
    await expect(weather.invoke({ city: 1 })).rejects.toThrow('city: Invalid input');
    // @ts-expect-error -- there must be a city
    await expect(weather.invoke({})).rejects.toThrow('city: Invalid input');
    // @ts-expect-error -- the function gets the length of it
    tool({ name: 'weather', schema, func: ({ city }: { city: string }) => city });
  });

  it('takes any arguments of JSON Schema, unless the function or a check says which', async () => {
    const json = { type: 'object' };
    const any = tool({
      name: 'any',
      schema: json,
      func: (args) => {
        expectTypeOf(args).toEqualTypeOf<Readonly<Record<string, unknown>>>();
        return args['a'];
      },
    });
    const said = tool({ name: 'said', schema: json, func: ({ a }: { a: string }) => a });
    expectTypeOf(said).toEqualTypeOf<StructuredTool<{ a: string }, string>>();
    const checked = tool({
      name: 'checked',
      schema: json,
      validate: (value) => ({ value: value as { a: 1 } }),
      func: async ({ a }) => Promise.resolve(a),
    });
    expectTypeOf(checked).toEqualTypeOf<StructuredTool<{ a: 1 }, 1>>();
    expect(await any.invoke({ a: 1 })).toBe(1);
    expect(await said.invoke({ a: 'x' })).toBe('x');
    expect(await checked.invoke({ a: 1 })).toBe(1);
  });

  it.each([
    [{ name: '' }, 'a tool\'s name must be a non-empty string, got ""'],
    [{ name: undefined }, "a tool's name must be a non-empty string, got undefined"],
    [{ func: 'x' }, 'tool weather: func must be a function, got "x"'],
    [{ validate: true }, 'tool weather: validate must be a function, got true'],
    [
      { schema: z.string() },
      'tool weather: the schema must be one of an object, as the arguments of a call are, and is one of "string": make that a property',
    ],
    [
      { schema: undefined },
      'tool weather: the schema must be a Standard Schema or a JSON Schema object, got undefined',
    ],
  ])('is a TypeError for %p', (wrong, message) => {
    const options = { name: 'weather', schema: {}, func: () => 1, ...wrong } as never;
    expect(() => tool(options)).toThrow(new TypeError(message));
  });

  it('names the remedy for a schema that has no JSON Schema', () => {
    const { validate, vendor, version } = schema['~standard'];
    const silent = { '~standard': { validate, vendor, version } };
    expect(() => tool({ name: 'weather', schema: silent, func: () => 1 })).toThrow(
      /^tool weather: the schema, made by zod, cannot say itself as JSON Schema: use zod 4.2 or later/,
    );
  });
});
