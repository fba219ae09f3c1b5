import { citationsConfig } from '../../../../lib/testing/anthropic/request-rules/media-shapes.js';
import { goOn, show } from '../../request-rules/requests.js';

const data = 'aGk=';
const image = (source: object, more: object = {}): object => ({ type: 'image', source, ...more });
const document = (source: object, more: object = {}): object => ({
  type: 'document',
  source,
  ...more,
});
const png = { type: 'base64', media_type: 'image/png', data };
const pdf = { type: 'base64', media_type: 'application/pdf', data };
const plain = { type: 'text', media_type: 'text/plain', data: 'a,b' };
const cached = { cache_control: { type: 'ephemeral', ttl: '1h' } };
const cited = (citation: object): object => ({ type: 'text', text: 'a', citations: [citation] });
const location = {
  type: 'char_location',
  cited_text: 'a',
  document_index: 0,
  document_title: null,
  start_char_index: 0,
  end_char_index: 1,
};

it.each<[string, object]>([
  ['a picture', image(png)],
  ['a picture that is cached', image(png, cached)],
  ['a picture at an address', image({ type: 'url', url: 'https://a.example/b' })],
  ['a picture that was uploaded', image({ type: 'file', file_id: 'file_1' })],
  ['a PDF with a title', document(pdf, { title: 'a.pdf', context: 'c', ...cached })],
  ['a text', document(plain, { citations: { enabled: true } })],
  ['content', document({ type: 'content', content: [{ type: 'text', text: 'a' }, image(png)] })],
  ['content of one text', document({ type: 'content', content: 'a' })],
  ['a document at an address', document({ type: 'url', url: 'https://a.example/b' })],
])('takes %s', (_, block) => {
  expect(show(block)).toBeUndefined();
});

it.each<[string, object]>([
  ['image.title: Extra inputs are not permitted', image(png, { title: 'cat.png' })],
  ['image.context: Extra inputs are not permitted', image(png, { context: 'c' })],
  [
    "image.source.base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'",
    image({ ...png, media_type: 'image/jpg' }),
  ],
  ['image.source.base64.data: Invalid base64 data', image({ ...png, data: 'a b' })],
  ['image.source.base64.data: Input should be a valid string', image({ ...png, data: { 0: 1 } })],
  ['image.source.url.url: Only HTTPS URLs are supported.', image({ type: 'url', url: 'http://a' })],
  [
    "image.source: Input tag 'text' found using 'type' does not match any of the expected tags: 'base64', 'url', 'file'",
    image(plain),
  ],
  [
    "document.source.base64.media_type: Input should be 'application/pdf'",
    document({ ...pdf, media_type: 'text/csv' }),
  ],
  [
    "document.source.text.media_type: Input should be 'text/plain'",
    document({ ...plain, media_type: 'text/csv' }),
  ],
  ['document.name: Extra inputs are not permitted', document(pdf, { name: 'a' })],
  ['document.source.base64.name: Extra inputs are not permitted', document({ ...pdf, name: 'a' })],
  [
    "document.cache_control.ttl: Input should be '5m' or '1h'",
    document(pdf, { cache_control: { type: 'ephemeral', ttl: '2h' } }),
  ],
])('says: %s', (message, block) => {
  expect(show(block)).toBe(`messages.0.content.0.${message}`);
});

describe('citations', () => {
  it.each<[string, object]>([
    ['of characters', location],
    [
      'of a search on the web',
      {
        type: 'web_search_result_location',
        cited_text: 'a',
        encrypted_index: 'x',
        title: 'b',
        url: 'https://a.example',
      },
    ],
  ])('%s are taken', (_, citation) => {
    expect(goOn(cited(citation))).toBeUndefined();
  });

  it('are refused with what only answers have', () => {
    expect(goOn(cited({ ...location, file_id: null }))).toBe(
      'messages.1.content.0.text.citations.0.char_location.file_id: Extra inputs are not permitted',
    );
    expect(goOn(cited({ ...location, start_char_index: '0' }))).toMatch(/valid integer$/);
  });

  it('are asked for by a flag', () => {
    expect(citationsConfig({ enabled: true }, 'at')).toBeUndefined();
    expect(citationsConfig({ enabled: 1 }, 'at')).toBe(
      'at.enabled: Input should be a valid boolean',
    );
  });
});
