import fc from 'fast-check';
import { PartialArguments } from '../../../lib/google/stream/partial-arguments';

const fail = (problem: string) => new Error(problem);

/** Feeds values and gives the pieces of text that they wrote. */
function written(values: readonly object[]) {
  const partial = new PartialArguments(fail);
  const pieces: string[] = [];
  for (const value of values) pieces.push(partial.add(value, () => pieces.join('')));
  const { isOpen } = partial;
  pieces.push(partial.end());
  return { pieces, text: partial.whole ?? pieces.join(''), isOpen };
}

/** The values of an object as the wire has them, strings in pieces. */
function valuesOf(value: unknown, path: string, size: number): object[] {
  if (Array.isArray(value))
    return value.flatMap((each, index) => valuesOf(each, `${path}[${String(index)}]`, size));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, each]) =>
      valuesOf(
        each,
        `${path}${/^\w+$/.test(key) ? `.${key}` : `['${key.replace(/['\\]/g, '\\$&')}']`}`,
        size,
      ),
    );
  if (typeof value !== 'string') {
    const name =
      value === null ? 'nullValue' : typeof value === 'number' ? 'numberValue' : 'boolValue';
    return [{ jsonPath: path, [name]: value ?? 'NULL_VALUE' }];
  }
  const letters = [...value];
  const pieces = letters
    .filter((_, at) => at % size === 0)
    .map((_, at) => letters.slice(at * size, (at + 1) * size).join(''));
  return [
    ...pieces.map((stringValue) => ({ jsonPath: path, stringValue, willContinue: true })),
    { jsonPath: path, stringValue: '' },
  ];
}

const leaf = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const { object } = fc.letrec<{ object: Record<string, unknown>; value: unknown }>((tie) => ({
  object: fc.dictionary(fc.string({ minLength: 1 }), tie('value'), {
    minKeys: 1,
    maxKeys: 3,
    noNullPrototype: true,
  }),
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    tie('object'),
    fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
  ),
}));

describe('PartialArguments', () => {
  it('writes a string as it grows', () => {
    const value = { jsonPath: '$.city', willContinue: true };
    const { pieces } = written([
      { ...value, stringValue: 'Gr' },
      { ...value, stringValue: 'a"z' },
      { jsonPath: '$.city', stringValue: '' },
      { jsonPath: '$.days[0].n', numberValue: 2 },
      { jsonPath: '$.days[1].n', nullValue: 'NULL_VALUE' },
      { jsonPath: '$.ok', boolValue: false },
    ]);
    expect(pieces).toEqual([
      '{"city":"Gr',
      'a\\"z',
      '"',
      ',"days":[{"n":2',
      '},{"n":null',
      '}],"ok":false',
      '}',
    ]);
  });

  it('writes any object of values in their order', () => {
    fc.assert(
      fc.property(object, fc.integer({ min: 1, max: 4 }), (value, size) => {
        const { text } = written(valuesOf(value, '$', size));
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('has all values in their places whatever their order', () => {
    const flat = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.dictionary(fc.constantFrom('x', 'y'), leaf, { minKeys: 1 }),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(flat, fc.infiniteStream(fc.nat()), (value, random) => {
        const groups = new Map<string, object[]>();
        for (const each of valuesOf(value, '$', 99) as { jsonPath: string }[])
          groups.set(each.jsonPath, [...(groups.get(each.jsonPath) ?? []), each]);
        const shuffled = [...groups.values()]
          .map((group) => ({ group, at: random.next().value }))
          .sort((a, b) => a.at - b.at)
          .flatMap(({ group }) => group);
        expect(JSON.parse(written(shuffled).text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('says whether a string has no end', () => {
    const begun = [{ jsonPath: '$.a', stringValue: 'x', willContinue: true }];
    expect(written(begun)).toMatchObject({ isOpen: true, text: '{"a":"x"}' });
    expect(written([...begun, { jsonPath: '$.b', numberValue: 1 }])).toMatchObject({
      isOpen: false,
      text: '{"a":"x","b":1}',
    });
    expect(written([])).toMatchObject({ isOpen: false, text: '' });
  });

  it('keeps __proto__ as data, in both ways of writing', () => {
    const values = [
      { jsonPath: '$.__proto__.a', numberValue: 1 },
      { jsonPath: '$.b', numberValue: 2 },
    ];
    const late = { jsonPath: '$.__proto__.c', numberValue: 3 };
    expect(written(values).text).toBe('{"__proto__":{"a":1},"b":2}');
    expect(written([...values, late]).text).toBe('{"__proto__":{"a":1,"c":3},"b":2}');
  });

  it.each(['city', '$', '$..a', '$.a[x]', '$[0]', '$.a[4294967295000]', '$.a.'])(
    'refuses the path %s',
    (jsonPath) => {
      expect(() => written([{ jsonPath, numberValue: 1 }])).toThrow(/whose path is none/);
    },
  );

  it.each([
    [[{ jsonPath: '$.a[1]', numberValue: 1 }]],
    [
      [
        { jsonPath: '$.a[0]', numberValue: 1 },
        { jsonPath: '$.a.b', numberValue: 1 },
      ],
    ],
  ])('refuses a value that has no place: %j', (values) => {
    expect(() => written(values)).toThrow(/outside of its array/);
  });

  it('writes nothing of a value that is none', () => {
    expect(written([{ jsonPath: '$.a' }, 5 as never, { stringValue: 'x' }]).text).toBe('');
  });
});
