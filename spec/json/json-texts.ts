import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';

/** A string as JSON may write it: raw or escaped, also halves of surrogate pairs. */
const character = fc.oneof(
  fc.constantFrom(
    'a',
    'Z',
    ' ',
    'é',
    '`',
    '😀',
    '\u2028',
    '/',
    '{',
    ',',
    ']',
    ':',
    '\\"',
    '\\\\',
    '\\/',
  ),
  fc.constantFrom(
    '\\n',
    '\\b',
    '\\f',
    '\\r',
    '\\t',
    '\\u0041',
    '\\u00e9',
    '\\uD83D\\uDE00',
    '\\ud83d',
  ),
  fc.constantFrom('\\udE00', '\\u0000', '\\u001F', '\ud83d', '\ude00', '😀\\ud83d'),
);
const content = fc.array(character, { maxLength: 8 }).map((characters) => characters.join(''));
const string = content.map((text) => `"${text}"`);
const scalar = fc.oneof(
  string,
  fc.constantFrom(
    'true',
    'false',
    'null',
    '0',
    '-0',
    '1e5',
    '1E+2',
    '-1.50e-3',
    '12',
    '9007199254740993',
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.integer().map(String),
);
const space = fc.constantFrom('', '', '', ' ', '\n', '\t \r');
const key = fc.oneof(
  content,
  fc.constantFrom('__proto__', 'constructor', 'toString', '', '0', '10', 'a', 'b', '\\u0061'),
);

const spaced = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(space, value, space).map((parts) => parts.join(''));

const { value } = fc.letrec<{ value: string; array: string; object: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 4, withCrossShrink: true }, scalar, tie('array'), tie('object')),
  array: fc
    .array(spaced(tie('value')), { maxLength: 5 })
    .map((elements) => `[${elements.join(',')}]`),
  object: fc
    .uniqueArray(fc.tuple(key, spaced(tie('value'))), {
      maxLength: 5,
      selector: ([name]) => JSON.parse(`"${name}"`) as unknown,
    })
    .map((members) => `{${members.map(([name, member]) => `"${name}" :${member}`).join(',')}}`),
}));

/** Valid JSON in all its forms, without repeated keys. */
export const jsonText = spaced(value);

/** The text in pieces that end anywhere. */
export const inPieces = (text: string): fc.Arbitrary<string[]> =>
  fc
    .array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 })
    .map((sizes) => cut(text, sizes));

/** The text in pieces of these sizes, over and over. */
export function cut(text: string, sizes: readonly number[]): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length;) {
    const size = sizes[pieces.length % sizes.length]!;
    pieces.push(text.slice(from, from + size));
    from += size;
  }
  return pieces;
}

/** Whether a value may be shown before `whole`: nothing, or all of it but the end of its last branch. */
export function isPrefix(part: unknown, whole: unknown): boolean {
  if (part === undefined) return true;
  if (typeof part === 'string') return typeof whole === 'string' && isStringPrefix(part, whole);
  if (!isContainer(part)) return Object.is(part, whole);
  if (!isContainer(whole) || Array.isArray(part) !== Array.isArray(whole)) return false;
  const keys = inOrderOfText(part);
  const wholeKeys = inOrderOfText(whole);
  const differing = Object.keys(part).filter((key) => !isDeepStrictEqual(part[key], whole[key]));
  return (
    Object.keys(part).every((key) => Object.hasOwn(whole, key)) &&
    keys.every((key, at) => key === wholeKeys[at]) &&
    differing.length <= 1 &&
    differing.every((key) => isLast(key, keys) && isPrefix(part[key], whole[key]))
  );
}

type Container = Record<string, unknown>;

export function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

function isStringPrefix(part: string, whole: string): boolean {
  const cutsPair =
    /[\ud800-\udbff]$/.test(part) && /^[\udc00-\udfff]/.test(whole.slice(part.length));
  return whole.startsWith(part) && !cutsPair;
}

/** The keys of an array, or those of an object that stand in it as they came: numbers are always in front. */
function inOrderOfText(container: Container): string[] {
  const keys = Object.keys(container);
  return Array.isArray(container) ? keys : keys.filter((key) => !isNumber(key));
}

function isLast(key: string, keys: readonly string[]): boolean {
  return key === keys.at(-1) || (isNumber(key) && !keys.includes(key));
}

function isNumber(key: string): boolean {
  return /^\d+$/.test(key);
}
