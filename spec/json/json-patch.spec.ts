import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { IncrementalJson } from '../../lib/json/incremental-json.js';
import { diffJson, type JsonPatchOperation } from '../../lib/json/json-patch.js';
import { cut, jsonText } from './json-texts.js';

describe('diffJson', () => {
  it.each<[string, unknown, unknown, JsonPatchOperation[]]>([
    ['nothing before', undefined, { a: 1 }, [{ op: 'replace', path: '', value: { a: 1 } }]],
    ['the same', { a: [1] }, { a: [1] }, []],
    ['a new member', { a: 1 }, { a: 1, b: 'he' }, [{ op: 'add', path: '/b', value: 'he' }]],
    [
      'a changed member and a new one',
      { a: 1, b: 'he' },
      { a: 1, b: 'hello', c: [1] },
      [
        { op: 'replace', path: '/b', value: 'hello' },
        { op: 'add', path: '/c', value: [1] },
      ],
    ],
    ['a new element', { c: [1] }, { c: [1, 2] }, [{ op: 'add', path: '/c/1', value: 2 }]],
    [
      'elements that are gone',
      [1, 2, 3],
      [4],
      [
        { op: 'remove', path: '/2' },
        { op: 'remove', path: '/1' },
        { op: 'replace', path: '/0', value: 4 },
      ],
    ],
    [
      'members that are gone',
      { a: 1, b: { c: 2 } },
      { b: {} },
      [
        { op: 'remove', path: '/b/c' },
        { op: 'remove', path: '/a' },
      ],
    ],
    ['a scalar', 'a', 'ab', [{ op: 'replace', path: '', value: 'ab' }]],
    ['null', { a: null }, { a: {} }, [{ op: 'replace', path: '/a', value: {} }]],
    ['another kind', { a: [] }, { a: {} }, [{ op: 'replace', path: '/a', value: {} }]],
    ['an object to null', { a: {} }, { a: null }, [{ op: 'replace', path: '/a', value: null }]],
    [
      'odd keys',
      {},
      { 'a/b~c': 1, '': 2 },
      [
        { op: 'add', path: '/a~1b~0c', value: 1 },
        { op: 'add', path: '/', value: 2 },
      ],
    ],
  ])('of %s', (_what, previous, next, operations) => {
    expect(diffJson(previous, next)).toEqual(operations);
  });

  it('does not look into what is shared', () => {
    const shared = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('looked into');
        },
      },
    );
    expect(diffJson({ shared, n: 1 }, { shared, n: 2 })).toEqual([
      { op: 'replace', path: '/n', value: 2 },
    ]);
  });

  it('[17] sees `__proto__` as data and no inherited names', () => {
    const next: unknown = JSON.parse('{"__proto__":{"x":1},"toString":1}');
    expect(diffJson({}, next)).toEqual([
      { op: 'add', path: '/__proto__', value: { x: 1 } },
      { op: 'add', path: '/toString', value: 1 },
    ]);
    expect(diffJson(next, {}).map(({ op }) => op)).toEqual(['remove', 'remove']);
  });

  it('survives great depth and great width', () => {
    const nested = (leaf: number): unknown => {
      let value: unknown = leaf;
      for (let level = 0; level < 20_000; level++) value = [value];
      return value;
    };
    expect(diffJson(nested(1), nested(2))).toHaveLength(1);
    expect(diffJson([], [...Array(200_000).keys()])).toHaveLength(200_000);
  });

  it('makes each value of a growing document from the one before', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        const json = new IncrementalJson();
        let patched: unknown;
        let previous: unknown;
        for (const piece of cut(text, [3])) {
          json.push(piece);
          patched = applyAll(patched, diffJson(previous, json.value));
          previous = json.value;
          if (!isDeepStrictEqual(patched, previous)) return false;
        }
        return true;
      }),
    );
  });

  it('makes any value from any other', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (previous, next) =>
        isDeepStrictEqual(sorted(applyAll(previous, diffJson(previous, next))), sorted(next)),
      ),
    );
  });
});

function applyAll(value: unknown, operations: readonly JsonPatchOperation[]): unknown {
  return operations.reduce(apply, copyOf(value));
}

function apply(whole: unknown, operation: JsonPatchOperation): unknown {
  if (operation.path === '') return 'value' in operation ? copyOf(operation.value) : undefined;
  const keys = operation.path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop()!;
  const target = keys.reduce(
    (value, key) => Object.getOwnPropertyDescriptor(value, key)!.value,
    whole,
  ) as object;
  if (Array.isArray(target)) {
    const added = 'value' in operation ? [copyOf(operation.value)] : [];
    target.splice(Number(last), operation.op === 'add' ? 0 : 1, ...added);
  } else if (operation.op === 'remove') Reflect.deleteProperty(target, last);
  else {
    Object.defineProperty(target, last, {
      value: copyOf(operation.value),
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  return whole;
}

function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copyOf(member)]));
}

/** The same value with its keys in one order, which a patch cannot report. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => [key, sorted(member)]);
}
