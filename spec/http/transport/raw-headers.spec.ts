import { RawHeaders } from '../../../lib/http/transport/raw-headers';

const raw = (...texts: string[]) => new RawHeaders(texts.map((t) => Buffer.from(t, 'latin1')));

describe('RawHeaders', () => {
  it.each<[string, string[], string, string | null]>([
    ['a value by its name in any case', ['X-Key', 'k'], 'x-kEY', 'k'],
    ['none', ['x-key', 'k'], 'x', null],
    ['several values together', ['a', '1', 'b', '2', 'A', '3'], 'a', '1, 3'],
    ['bytes as Latin 1', ['a', '\xe9\xff'], 'a', '\xe9\xff'],
    ['no space around a value', ['a', ' 1\t'], 'a', '1'],
    ['a name, and not a value of that text', ['b', 'a', 'a', '1'], 'a', '1'],
  ])('gives %s, as `Headers` do', (_, list, name, value) => {
    expect(raw(...list).get(name)).toBe(value);
    const pairs = list.flatMap((text, at) => (at % 2 === 0 ? [[text, list[at + 1] ?? '']] : []));
    expect(new Headers(pairs as [string, string][]).get(name)).toBe(value);
  });
});
