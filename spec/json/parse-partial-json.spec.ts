import { parsePartialJson } from '../../lib/json/parse-partial-json.js';

describe('parsePartialJson', () => {
  it.each<[string, unknown]>([
    ['{"title":"Gold', { title: 'Gold' }],
    ['{"n":1', {}],
    ['{"n":1}', { n: 1 }],
    ['12', 12],
    ['', undefined],
    ['  ', undefined],
    ['{"n":1}}', undefined],
    ['{"n":1,}', undefined],
    ['['.repeat(300), undefined],
    ['1e999', undefined],
  ])('of %j is %j', (text, value) => {
    expect(parsePartialJson(text)).toStrictEqual(value);
  });

  it('shows all of a wide array', () => {
    const text = JSON.stringify([...Array(50_000).keys()]);
    expect(parsePartialJson(text.slice(0, -1))).toHaveLength(49_999);
  });
});
