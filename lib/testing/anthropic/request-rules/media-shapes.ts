import { type Fields, flag, list, object, one, type Shape, tagged, text, textOr } from './shape.js';

/** Where the service puts a breakpoint of its cache. */
export const cacheControl: Shape = object({ type: one('ephemeral'), 'ttl?': one('5m', '1h') });

const location: Fields = { cited_text: text, 'document_title?': text };
const index: Shape = (value, path) =>
  Number.isInteger(value) ? undefined : `${path}: Input should be a valid integer`;

/** A citation as a request takes it: it has no `file_id`, which answers have. */
const citation = tagged({
  char_location: {
    ...location,
    document_index: index,
    start_char_index: index,
    end_char_index: index,
  },
  page_location: {
    ...location,
    document_index: index,
    start_page_number: index,
    end_page_number: index,
  },
  content_block_location: {
    ...location,
    document_index: index,
    start_block_index: index,
    end_block_index: index,
  },
  search_result_location: {
    cited_text: text,
    search_result_index: index,
    source: text,
    'title?': text,
    start_block_index: index,
    end_block_index: index,
  },
  web_search_result_location: {
    cited_text: text,
    encrypted_index: text,
    'title?': text,
    url: text,
  },
});

export const citationsConfig: Shape = object({ 'enabled?': flag });

export const textBlock: Fields = {
  text,
  'cache_control?': cacheControl,
  'citations?': list(citation),
};

const base64: Shape = (value, path) =>
  typeof value === 'string' && !isBase64(value)
    ? `${path}: Invalid base64 data`
    : text(value, path);

/** A search for a wrong character takes data of any size; an expression for all of it may run out of stack. */
function isBase64(value: string): boolean {
  const unpadded = value.endsWith('==') ? value.slice(0, -2) : value.replace(/(?<!=)=$/, '');
  return value !== '' && value.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(unpadded);
}

/** Not sourced from a report; the documentation speaks of https alone. */
const url: Shape = (value, path) =>
  typeof value === 'string' && !value.startsWith('https://')
    ? `${path}: Only HTTPS URLs are supported.`
    : text(value, path);

/** NousResearch/hermes-agent#55432, langchain-ai/langchain#37575. */
export const imageBlock: Fields = {
  source: tagged({
    base64: { media_type: one('image/jpeg', 'image/png', 'image/gif', 'image/webp'), data: base64 },
    url: { url },
    file: { file_id: text },
  }),
  'cache_control?': cacheControl,
  'transformations?': object({ 'oversized_image?': text }),
};

/** "document.source.base64.media_type: Input should be 'application/pdf'": danny-avila/LibreChat#14485. */
export const documentBlock: Fields = {
  source: tagged({
    base64: { media_type: one('application/pdf'), data: base64 },
    text: { media_type: one('text/plain'), data: text },
    content: { content: textOr(list(tagged({ text: textBlock, image: imageBlock }))) },
    url: { url },
    file: { file_id: text },
  }),
  'cache_control?': cacheControl,
  'citations?': citationsConfig,
  'context?': text,
  'title?': text,
};
