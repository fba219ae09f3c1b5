import { AIMessage, HumanMessage } from 'rxlm';
import type { ContentBlock } from '../../../lib/messages/content';
import { readTurns } from '../../../lib/messages/history/read-turns';
import { toContent } from '../../../lib/anthropic/request/to-content';

const content = (blocks: readonly object[], isOwn = false) => {
  const [turn] = readTurns([new HumanMessage({ content: blocks as ContentBlock[] })], 'anthropic');
  return toContent(turn!.parts, { plain: turn!.plain, isOwn }) as readonly object[];
};
const block = (given: object) => content([given])[0];

describe('toContent', () => {
  it('leaves a string a string', () => {
    const [turn] = readTurns([new HumanMessage('Hi')], 'anthropic');
    expect(toContent(turn!.parts, { plain: turn!.plain, isOwn: false })).toBe('Hi');
  });

  it('keeps the fields that a block has at the API, and no others', () => {
    const cache_control = { type: 'ephemeral' };
    const source = { type: 'url', url: 'https://a.test/b.png' };
    expect(
      content([
        { type: 'text', text: 'a', annotations: [], id: 'x', createdAt: 1, cache_control },
        { type: 'image', source, title: 'cat.png', context: 'c', cache_control },
        { type: 'search_result', content: [], source: 's', title: 't', index: 3, score: 0.5 },
      ]),
    ).toEqual([
      { type: 'text', text: 'a', cache_control },
      { type: 'image', source, cache_control },
      { type: 'search_result', content: [], source: 's', title: 't' },
    ]);
    const [turn] = readTurns(
      [
        new AIMessage({
          content: [
            { type: 'thinking', thinking: 'hm', signature: 's', estimated_tokens: 5 },
            { type: 'redacted_thinking', data: 'ENC', estimated_tokens: null },
          ],
        }),
      ],
      'anthropic',
    );
    expect(toContent(turn!.parts, { plain: false, isOwn: true })).toEqual([
      { type: 'thinking', thinking: 'hm', signature: 's' },
      { type: 'redacted_thinking', data: 'ENC' },
    ]);
  });

  it('reads the blocks within a document and a search result as those beside them', () => {
    const within = [
      { type: 'text', text: 'a', annotations: [] },
      { type: 'text', text: '' },
    ];
    const picture = { type: 'image', data: 'iVBORw0KGgo', mimeType: 'image/jpg', title: 'a.jpg' };
    expect(
      content([
        { type: 'document', source: { type: 'content', content: [...within, picture] }, id: 1 },
        { type: 'document', source: { type: 'content', content: 'a' } },
        { type: 'search_result', content: within, source: 's', title: 't' },
      ]),
    ).toEqual([
      {
        type: 'document',
        source: {
          type: 'content',
          content: [
            { type: 'text', text: 'a' },
            { type: 'image', source: base64('image/png', 'iVBORw0KGgo=') },
          ],
        },
      },
      { type: 'document', source: { type: 'content', content: 'a' } },
      { type: 'search_result', content: [{ type: 'text', text: 'a' }], source: 's', title: 't' },
    ]);
    const broken = { type: 'image', data: '!', mimeType: 'image/png' };
    expect(() =>
      content([
        { type: 'text', text: 'a' },
        { type: 'document', source: { type: 'content', content: [broken] } },
      ]),
    ).toThrow(/^messages\[0\]\.content\[1\]\.content\[0\]: its data is no valid base64/);
  });

  it('sends citations back without what only an answer has', () => {
    const cited = { type: 'char_location', cited_text: 'a', document_index: 0, file_id: null };
    expect(block({ type: 'text', text: 'a', citations: [cited] })).toEqual({
      type: 'text',
      text: 'a',
      citations: [{ type: 'char_location', cited_text: 'a', document_index: 0 }],
    });
    expect(block({ type: 'text', text: 'a', citations: null })).toEqual({
      type: 'text',
      text: 'a',
    });
  });

  const base64 = (media_type: string, data = 'QUJD') => ({ type: 'base64', media_type, data });
  const url = { type: 'url', url: 'https://a.test/b.png' };
  it.each<[string, object, object]>([
    ['an OpenAI image', { type: 'image_url', image_url: { url: url.url, detail: 'low' } }, url],
    ['one as a string', { type: 'image_url', image_url: url.url }, url],
    ['an OpenAI input image', { type: 'input_image', image_url: url.url }, url],
    [
      'a data URL',
      { type: 'image_url', image_url: { url: 'data:image/png;base64,QUJD' } },
      base64('image/png'),
    ],
    [
      'a data URL with parameters',
      { type: 'image_url', image_url: { url: 'data:image/jpg;name=a.jpg;base64,QUJD' } },
      base64('image/jpeg'),
    ],
    [
      'a data URL without base64',
      { type: 'image_url', image_url: { url: 'data:image/png,ABC' } },
      base64('image/png'),
    ],
    [
      'a standard image',
      { type: 'image', mimeType: 'image/png', data: 'QUJD' },
      base64('image/png'),
    ],
    [
      'one in the older spelling',
      { type: 'image', source_type: 'base64', mime_type: 'image/jpg', data: 'QUJD' },
      base64('image/jpeg'),
    ],
    [
      'bytes',
      { type: 'image', mimeType: 'image/png', data: new Uint8Array([65, 66, 67]) },
      base64('image/png'),
    ],
    [
      'bytes that went through JSON',
      JSON.parse(
        JSON.stringify({
          type: 'image',
          mimeType: 'image/png',
          data: new Uint8Array([65, 66, 67]),
        }),
      ) as object,
      base64('image/png'),
    ],
    [
      'a Buffer that went through JSON',
      JSON.parse(
        JSON.stringify({ type: 'image', mimeType: 'image/png', data: Buffer.from('ABC') }),
      ) as object,
      base64('image/png'),
    ],
    [
      'an image of the AI SDK, by its first bytes',
      { type: 'image', image: new Uint8Array([0xff, 0xd8, 0xff, 0xe0]).buffer },
      base64('image/jpeg', '/9j/4A=='),
    ],
    ['its URL', { type: 'image', image: new URL('https://a.test/b.png') }, url],
    [
      'a picture given as a file',
      { type: 'file', mediaType: 'image/webp', data: 'QUJD', filename: 'a.webp' },
      base64('image/webp'),
    ],
    [
      'an image of MCP',
      { type: 'image', data: 'QUJD', mimeType: 'image/gif' },
      base64('image/gif'),
    ],
    [
      "Anthropic's own with a wrong name of its type",
      { type: 'image', source: base64('image/jpg') },
      base64('image/jpeg'),
    ],
    ['an uploaded file', { type: 'image', fileId: 'file_1' }, { type: 'file', file_id: 'file_1' }],
  ])('takes %s', (_, given, source) => {
    expect(block(given)).toEqual({ type: 'image', source });
  });

  const pdf = base64('application/pdf');
  const text = (data: string) => ({ type: 'text', media_type: 'text/plain', data });
  it.each<[string, object, object]>([
    ['a PDF', { type: 'file', mimeType: 'application/pdf', data: 'QUJD' }, pdf],
    [
      'a file of OpenAI',
      { type: 'file', file: { file_data: 'data:application/pdf;base64,QUJD' } },
      pdf,
    ],
    ['an input file', { type: 'input_file', file_data: 'data:application/pdf;base64,QUJD' }, pdf],
    ['a file of the AI SDK', { type: 'file', mediaType: 'application/pdf', data: 'QUJD' }, pdf],
    ['text', { type: 'file', text: 'plain' }, text('plain')],
    ['standard text', { type: 'text-plain', text: 'plain', mimeType: 'text/plain' }, text('plain')],
    [
      "LangChain's text under data",
      { type: 'file', data: 'Plain text', mimeType: 'text/plain' },
      text('Plain text'),
    ],
    [
      'a word that could be base64',
      { type: 'file', data: 'test', mimeType: 'text/plain' },
      text('test'),
    ],
    [
      'CSV in base64',
      { type: 'file', data: 'YSxiCjEsMg==', mimeType: 'text/csv' },
      text('a,b\n1,2'),
    ],
    [
      'a data URL of JSON',
      { type: 'file', url: 'data:application/json;charset=utf-8;base64,eyJhIjoiw6kifQ==' },
      text('{"a":"é"}'),
    ],
    ['escaped text', { type: 'file', url: 'data:,a%20b%C3%A9' }, text('a bé')],
    [
      'another character set',
      { type: 'file', url: 'data:text/plain;charset=iso-8859-1;base64,6Q==' },
      text('é'),
    ],
    [
      'bytes of XML',
      { type: 'file', data: new TextEncoder().encode('<a/>'), mimeType: 'application/xml' },
      text('<a/>'),
    ],
    [
      'text that was marked as a base64 document',
      { type: 'document', source: base64('text/markdown', 'IyBB') },
      text('# A'),
    ],
    [
      'a resource of MCP',
      { type: 'resource', resource: { uri: 'file:///a', mimeType: 'text/plain', text: 'plain' } },
      text('plain'),
    ],
    [
      'its blob',
      {
        type: 'resource',
        resource: { uri: 'file:///a', mimeType: 'application/pdf', blob: 'QUJD' },
      },
      pdf,
    ],
  ])('takes %s as a document', (_, given, source) => {
    expect(block(given)).toEqual({ type: 'document', source });
  });

  it.each<[string, object]>([
    ['beside the data', { title: 'T', context: 'C', citations: { enabled: true } }],
    ['in metadata', { metadata: { title: 'T', context: 'C', citations: { enabled: true }, x: 1 } }],
    [
      'in the options of the AI SDK',
      {
        providerOptions: { anthropic: { title: 'T', context: 'C', citations: { enabled: true } } },
      },
    ],
    ['with a name', { filename: 'T', metadata: { context: 'C', citations: { enabled: true } } }],
  ])('sends title, context and citations of a file that has them %s', (_, fields) => {
    expect(block({ type: 'file', mimeType: 'application/pdf', data: 'QUJD', ...fields })).toEqual({
      type: 'document',
      source: pdf,
      title: 'T',
      context: 'C',
      citations: { enabled: true },
    });
  });

  it('leaves content within a document as it is', () => {
    const document = {
      type: 'document',
      source: { type: 'content', content: [{ type: 'text', text: 'a' }] },
      title: 'T',
    };
    expect(block(document)).toEqual(document);
  });

  it.each<[string, object, RegExp]>([
    ['audio', { type: 'input_audio', input_audio: { data: 'QUJD', format: 'mp3' } }, /no audio/],
    ['a sound as a file', { type: 'file', mediaType: 'audio/mpeg', data: 'QUJD' }, /no audio/],
    ['video', { type: 'video', url: 'https://a.test/b.mp4' }, /no video/],
    ['SVG', { type: 'image', mimeType: 'image/svg+xml', data: 'PHN2Zy8+' }, /image\/svg\+xml/],
    ['SVG as text', { type: 'image_url', image_url: 'data:image/svg+xml,<svg/>' }, /svg/],
    [
      'a file of an unknown kind',
      { type: 'file', mimeType: 'application/zip', data: 'QUJD' },
      /zip/,
    ],
    ['an address that is not https', { type: 'image', url: 'http://a.test/secret' }, /https/],
    ['an image without a source', { type: 'image_url' }, /no data, url, text or file id/],
    ['a block of another API', { type: 'web_search_call', id: 'ws' }, /web_search_call/],
  ])('refuses %s, saying where it stands', (_, given, problem) => {
    expect(() => block(given)).toThrow(TypeError);
    expect(() => block(given)).toThrow(problem);
    expect(() => block(given)).toThrow(/^messages\[0\]\.content\[0\]: .*\. .*\.$/);
    expect(() => block(given)).not.toThrow(/secret/);
  });

  it('sends a block that is new to rxlm as it came, if it is the API’s or the author says so', () => {
    const hologram = { type: 'hologram', index: 3 };
    expect(content([hologram], true)).toEqual([hologram]);
    expect(content([{ type: 'non_standard', value: hologram }])).toEqual([hologram]);
  });

  it('sends names of tools as the API takes them', () => {
    const call = { type: 'tool_call', id: 'a', name: 'functions.get weather', args: {} } as const;
    const [turn] = readTurns([new AIMessage({ content: '', tool_calls: [call] })], 'anthropic');
    expect(toContent(turn!.parts, { plain: false, isOwn: false })).toMatchObject([
      { text: '' },
      { type: 'tool_use', name: 'functions_get_weather' },
    ]);
  });
});
