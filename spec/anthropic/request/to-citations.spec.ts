import { toCitations } from '../../../lib/anthropic/request/to-citations';

describe('toCitations', () => {
  it('takes off the file id, and keeps what is encrypted', () => {
    const cited = {
      type: 'web_search_result_location',
      encrypted_index: 'E+/=',
      url: 'u',
      title: null,
    };
    expect(toCitations([{ ...cited, file_id: null }])).toEqual([cited]);
  });

  it('gives nothing for none', () => {
    for (const none of [undefined, null, [], { enabled: true }])
      expect(toCitations(none)).toBeUndefined();
  });
});
