import { groundingCitations, quotedSources } from '../../../lib/google/stream/citations';

describe('groundingCitations', () => {
  it('has one citation for each source of each piece of text, and one for a source without', () => {
    const web = (uri: string) => ({ web: { uri, title: uri.slice(-1) } });
    const citations = groundingCitations({
      groundingChunks: [web('https://a'), web('https://b'), web('https://c'), { other: 1 }],
      groundingSupports: [
        { segment: { endIndex: 4, text: 'One.' }, groundingChunkIndices: [0, 1] },
        { segment: { startIndex: 5, endIndex: 9, text: 'Two.' }, groundingChunkIndices: [1, 9] },
      ],
    });
    const cited = (url: string, cited_text: string, start_byte: number, end_byte: number) => ({
      type: 'citation',
      url,
      title: url.slice(-1),
      cited_text,
      start_byte,
      end_byte,
    });
    expect(citations).toEqual([
      cited('https://a', 'One.', 0, 4),
      cited('https://b', 'One.', 0, 4),
      cited('https://b', 'Two.', 5, 9),
      { type: 'citation', url: 'https://c', title: 'c' },
    ]);
  });

  it('has none where nothing was found', () => {
    expect(groundingCitations({ webSearchQueries: ['x'] })).toEqual([]);
  });
});

it('quotedSources have the same form, without empty fields', () => {
  expect(
    quotedSources([{ uri: 'https://a', title: '', startIndex: 2, endIndex: 5, license: 'mit' }, 3]),
  ).toEqual([{ type: 'citation', url: 'https://a', start_index: 2, end_index: 5, license: 'mit' }]);
});
