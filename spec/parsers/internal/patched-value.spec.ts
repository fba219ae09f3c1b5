import fc from 'fast-check';
import { diffJson, type JsonPatchOperation } from '../../../lib/json/json-patch.js';
import { PatchedValue } from '../../../lib/parsers/internal/patched-value.js';

function patched(...patches: JsonPatchOperation[][]): unknown {
  const value = new PatchedValue();
  for (const patch of patches) value.add(patch);
  return value.whole;
}

describe('PatchedValue', () => {
  it('is nothing before the first patch', () => {
    expect(patched()).toBeUndefined();
  });

  it.each<[string, JsonPatchOperation, unknown]>([
    ['adds a member', { op: 'add', path: '/x', value: 1 }, { a: [1, { b: 2 }], x: 1 }],
    ['replaces a member', { op: 'replace', path: '/a', value: 1 }, { a: 1 }],
    ['removes a member', { op: 'remove', path: '/a' }, {}],
    ['adds an element at the end', { op: 'add', path: '/a/2', value: 3 }, { a: [1, { b: 2 }, 3] }],
    ['adds an element between', { op: 'add', path: '/a/1', value: 3 }, { a: [1, 3, { b: 2 }] }],
    ['replaces an element', { op: 'replace', path: '/a/0', value: 3 }, { a: [3, { b: 2 }] }],
    ['removes an element', { op: 'remove', path: '/a/0' }, { a: [{ b: 2 }] }],
    ['changes what is inside', { op: 'replace', path: '/a/1/b', value: 3 }, { a: [1, { b: 3 }] }],
    ['replaces the whole', { op: 'replace', path: '', value: [] }, []],
    ['removes the whole', { op: 'remove', path: '' }, undefined],
  ])('%s', (_title, operation, value) => {
    const first = { op: 'replace', path: '', value: { a: [1, { b: 2 }] } } as const;
    expect(patched([first], [operation])).toEqual(value);
  });

  it('leaves the patches as they are', () => {
    const first = { op: 'replace', path: '', value: { a: [1] } } as const;
    const second = { op: 'add', path: '/a/1', value: { b: 2 } } as const;
    const third = { op: 'add', path: '/a/1/c', value: 3 } as const;
    expect(patched([first], [second], [third])).toEqual({ a: [1, { b: 2, c: 3 }] });
    expect(first.value).toEqual({ a: [1] });
    expect(second.value).toEqual({ b: 2 });
  });

  it('knows keys with slashes and tildes, and [17] __proto__ as a key like any other', () => {
    const value = patched(
      [{ op: 'replace', path: '', value: {} }],
      [{ op: 'add', path: '/a~1b~01', value: 1 }],
      [{ op: 'add', path: '/__proto__', value: { x: 1 } }],
      [{ op: 'replace', path: '/__proto__/x', value: 2 }],
    ) as object;
    expect(Object.entries(value)).toEqual([
      ['a/b~1', 1],
      ['__proto__', { x: 2 }],
    ]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('makes of the differences between values the last one', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), (values) => {
        const patches = values.map((value, index) => diffJson(values[index - 1], value));
        expect(patched(...patches)).toEqual(values.at(-1));
      }),
    );
  });

  it.each([
    '/__proto__/isAdmin',
    '/constructor/prototype/isAdmin',
    '/list/constructor/prototype/isAdmin',
    '/list/length',
    '/text/isAdmin',
    '/missing/isAdmin',
  ])('takes %s for a place that is not in the value, and changes no prototype', (path) => {
    const value = new PatchedValue();
    value.add([{ op: 'replace', path: '', value: { list: [1], text: 'a' } }]);
    expect(() => {
      value.add([{ op: 'add', path, value: true }]);
    }).toThrow(/not in the value/);
    expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined();
    expect(value.whole).toEqual({ list: [1], text: 'a' });
  });
});
