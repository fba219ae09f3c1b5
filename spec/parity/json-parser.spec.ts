import { JsonOutputParser as LangChainParser } from '@langchain/core/output_parsers';
import { lastValueFrom, toArray } from 'rxjs';
import { JsonOutputParser, type JsonPatchOperation, parsePartialJson } from 'rxlm';
import { parsePartialJson as parseOfTheirs } from '@langchain/core/output_parsers';
import { LangChainStream, langChainValues } from '../support/langchain';
import { saying } from '../support/models';

const streamed = async (texts: string[], diff = false) => ({
  ours: await lastValueFrom(
    saying(...texts)
      .pipe(new JsonOutputParser<unknown, boolean>({ diff }))
      .stream$('Hi')
      .pipe(toArray()),
  ),
  theirs: await langChainValues(
    new LangChainStream(...texts).pipe(new LangChainParser({ diff })),
    'Hi',
  ),
});

/** As a model cuts it: words, quotes and brackets, numbers whole. */
const song = JSON.stringify({
  title: 'Lunar"Sea"',
  verses: [
    { n: 1, lines: ['Floating', 'free'] },
    { n: 22, lines: [] },
  ],
  done: true,
  by: null,
  empty: {},
});
const cut = (text: string) => text.match(/-?\d+|true|false|null|\\?.[a-z ]{0,3}/gi) ?? [];

describe('(group 19) JSON that grows, as in LangChain.js', () => {
  it.each([
    ['an object', cut(song)],
    ['an array', cut('[{"a":"x"},{"a":"y"},[]]')],
    ['a fence', ['```', 'json\n', ...cut(song), '\n``', '`']],
    ['a fence of no language', ['```\n', ...cut(song), '\n```']],
    ['one text', [song]],
  ])('in %s', async (_, texts) => {
    const { ours, theirs } = await streamed(texts);
    expect(ours.at(-1)).toEqual(theirs.at(-1));
    expect(ours.at(-1)).toEqual(JSON.parse(texts.join('').replace(/```(json)?/g, '')));
    // Whatever shows in LangChain shows in ours, but for what it shows before it can know.
    const shown = new Set(ours.map((value) => JSON.stringify(value)));
    const missed = theirs.filter((value) => !shown.has(JSON.stringify(value)));
    expect(missed.filter((value) => !isPremature(value))).toEqual([]);
  });

  /** LangChain shows a key before there is a value to it, as null. */
  const isPremature = (value: unknown) => JSON.stringify(value).includes(':null');

  it('without half an escape, which LangChain shows as a backslash', () => {
    expect(parsePartialJson('{"foo":"bar\\')).toEqual({ foo: 'bar' });
    expect(parseOfTheirs('{"foo":"bar\\')).toEqual({ foo: 'bar\\' });
  });

  it('as patches that make the same value', async () => {
    const { ours, theirs } = await streamed(cut(song), true);
    const patched = (patches: unknown[]) =>
      (patches as JsonPatchOperation[][]).flat().reduce<unknown>(apply, undefined);
    expect(patched(ours)).toEqual(JSON.parse(song));
    expect(patched(theirs)).toEqual(JSON.parse(song));
    expect(ours[0]).toEqual(theirs[0]);
  });

  it.each([
    '{"foo": "bar", "bar": "foo"}',
    '{"foo": "bar", "bar": "foo',
    '{"foo": "bar", "bar": "foo}',
    '{"foo": "bar", "bar": "foo[',
    '{"foo": "bar", "bar": "foo\\"',
    '{"foo": "bar", "bar":',
    '{"foo": "bar", "bar"',
    '{"foo": "bar", ',
    '{"foo":["a", {"b": "c',
    '[1, 2, {"a": ',
    '["a", "b',
  ])('that breaks off as %s', (text) => {
    expect(parsePartialJson(text)).toEqual(parseOfTheirs(text));
  });
});

/** One operation of a patch (RFC 6902), as far as parsers use it. */
function apply(value: unknown, { op, path, ...rest }: JsonPatchOperation): unknown {
  if (path === '') return 'value' in rest ? structuredClone(rest.value) : undefined;
  const keys = path
    .slice(1)
    .split('/')
    .map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~'));
  const last = keys.pop() as string;
  const target = keys.reduce((at, key) => (at as Record<string, unknown>)[key], value) as Record<
    string,
    unknown
  >;
  if (op === 'remove') Reflect.deleteProperty(target, last);
  else target[last] = structuredClone((rest as { value: unknown }).value);
  return value;
}
