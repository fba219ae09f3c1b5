import { toCitations } from '../../../lib/anthropic/request/to-citations';

const within = { cited_text: 'a', document_index: 0, document_title: null };
const known = [
  { type: 'char_location', ...within, start_char_index: 0, end_char_index: 1 },
  { type: 'page_location', ...within, start_page_number: 1, end_page_number: 2 },
  { type: 'content_block_location', ...within, start_block_index: 0, end_block_index: 1 },
  {
    type: 'search_result_location',
    cited_text: 'a',
    search_result_index: 0,
    source: 's',
    title: null,
    start_block_index: 0,
    end_block_index: 1,
  },
  {
    type: 'web_search_result_location',
    cited_text: 'a',
    encrypted_index: 'E+/=',
    title: null,
    url: 'u',
  },
];

describe('toCitations', () => {
  it.each(known)('sends back the fields of $type alone', (citation) => {
    const answered = { ...citation, file_id: null, index: 0, start: 3, non_standard: { a: 1 } };
    for (const isOwn of [true, false]) expect(toCitations([answered], isOwn)).toEqual([citation]);
  });

  it('sends back one of a new type if the API gave it, and leaves out that of another library', () => {
    const fresh = { type: 'video_location', second: 3 };
    expect(toCitations([{ ...fresh, file_id: 'f' }], true)).toEqual([fresh]);
    expect(toCitations([{ type: 'citation', url: 'u' }, known[0]], false)).toEqual([known[0]]);
    expect(toCitations([{ type: 'citation', url: 'u' }], false)).toBeUndefined();
  });

  it('gives nothing for none', () => {
    for (const none of [undefined, null, [], { enabled: true }])
      expect(toCitations(none, true)).toBeUndefined();
  });
});
