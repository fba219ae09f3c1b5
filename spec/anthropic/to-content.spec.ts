import { toContent } from '../../lib/anthropic/to-content';

const block = (given: object) => toContent([given as { type: string }])[0];

describe('toContent', () => {
  it('leaves text and the API’s own blocks as they are', () => {
    const image = {
      type: 'image',
      source: { type: 'url', url: 'https://a.test/b.png' },
      cache_control: { type: 'ephemeral' },
    };
    expect(toContent('Hi')).toBe('Hi');
    expect(block(image)).toEqual(image);
    expect(block({ type: 'search_result', anything: 1, index: 4 })).toEqual({
      type: 'search_result',
      anything: 1,
    });
  });

  it.each([
    [
      'an OpenAI image',
      { type: 'image_url', image_url: { url: 'https://a.test/b.png' } },
      { type: 'url', url: 'https://a.test/b.png' },
    ],
    [
      'one as a string',
      { type: 'image_url', image_url: 'https://a.test/b.png' },
      { type: 'url', url: 'https://a.test/b.png' },
    ],
    [
      'a data URL',
      { type: 'image_url', image_url: { url: 'data:image/png;base64,QUJD' } },
      { type: 'base64', media_type: 'image/png', data: 'QUJD' },
    ],
    [
      'a standard image',
      { type: 'image', mimeType: 'image/png', data: 'QUJD' },
      { type: 'base64', media_type: 'image/png', data: 'QUJD' },
    ],
    [
      'one in the older spelling',
      { type: 'image', source_type: 'base64', mime_type: 'image/png', data: 'QUJD' },
      { type: 'base64', media_type: 'image/png', data: 'QUJD' },
    ],
    ['an uploaded file', { type: 'image', fileId: 'file_1' }, { type: 'file', file_id: 'file_1' }],
  ])('takes %s', (_, given, source) => {
    expect(block(given)).toEqual({ type: 'image', source });
  });

  it('takes a file as a document, with its title and cache control', () => {
    expect(
      block({
        type: 'file',
        mimeType: 'application/pdf',
        data: 'QUJD',
        title: 'T',
        cache_control: { type: 'ephemeral' },
      }),
    ).toEqual({
      type: 'document',
      source: { type: 'base64', media_type: 'application/pdf', data: 'QUJD' },
      title: 'T',
      cache_control: { type: 'ephemeral' },
    });
    expect(block({ type: 'file', text: 'plain' })).toEqual({
      type: 'document',
      source: { type: 'text', media_type: 'text/plain', data: 'plain' },
    });
  });

  it('refuses an image without a url', () => {
    expect(() => block({ type: 'image_url' })).toThrow(TypeError);
  });
});
