import { uiFile, uiSources } from '../../../lib/sse/ui/ui-media.js';

describe('uiFile', () => {
  it.each([
    [
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
      { url: 'data:image/png;base64,AAAA', mediaType: 'image/png' },
    ],
    [
      { type: 'file', data: 'AAAA', mimeType: 'application/pdf' },
      { url: 'data:application/pdf;base64,AAAA', mediaType: 'application/pdf' },
    ],
    [
      { type: 'image', source: { type: 'url', url: 'https://a.test/b.png' } },
      { url: 'https://a.test/b.png', mediaType: 'image/*' },
    ],
    [
      { type: 'audio', url: 'https://a.test/b', mime_type: 'audio/mp3' },
      { url: 'https://a.test/b', mediaType: 'audio/mp3' },
    ],
  ])('finds the file in %j', (piece, file) => {
    expect(uiFile(piece)).toEqual({ type: 'file', ...file });
  });

  it.each([
    { type: 'text', text: 'a' },
    { type: 'image' },
    { type: 'image', source: null },
    { type: 'image', data: 'AAAA' },
    { type: 'image', url: 'javascript:alert(1)' },
    { type: 'file', url: 'file:///etc/passwd' },
  ])('finds none in %j', (piece) => {
    expect(uiFile(piece)).toBeUndefined();
  });
});

describe('uiSources', () => {
  it('finds the pages that are cited, those of the web alone, and the documents', () => {
    const citations = [
      { type: 'web_search_result_location', url: 'https://a.test/', title: 'A' },
      { url: 'http://b.test/', title: null },
      { url: 'javascript:alert(1)', title: 'C' },
      { type: 'char_location', document_title: 'D' },
      null,
      5,
    ];
    expect(uiSources({ type: 'text', citations })).toEqual([
      { key: 'url https://a.test/', type: 'source-url', url: 'https://a.test/', title: 'A' },
      { key: 'url http://b.test/', type: 'source-url', url: 'http://b.test/' },
      {
        key: 'document undefined D',
        type: 'source-document',
        mediaType: 'text/plain',
        title: 'D',
      },
    ]);
    expect(uiSources({ type: 'text', citations: 'all' })).toEqual([]);
    expect(uiSources({ type: 'text' })).toEqual([]);
  });
});
