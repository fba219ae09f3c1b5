import { asFields } from '../../messages/history/fields.js';
import type { Fields } from '../../messages/history/part.js';

const IN_DOCUMENT = ['cited_text', 'document_index', 'document_title'];

/** The fields of each citation that the API takes in a request, beside `type`; an answer's have more. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  char_location: [...IN_DOCUMENT, 'start_char_index', 'end_char_index'],
  page_location: [...IN_DOCUMENT, 'start_page_number', 'end_page_number'],
  content_block_location: [...IN_DOCUMENT, 'start_block_index', 'end_block_index'],
  search_result_location: [
    'cited_text',
    'search_result_index',
    'source',
    'title',
    'start_block_index',
    'end_block_index',
  ],
  web_search_result_location: ['cited_text', 'encrypted_index', 'title', 'url'],
};

/**
 * @internal Citations of a text as the API takes them back, with the fields of their type alone. One of a type that is new
 * to rxlm goes back if the API has given it; another library's are for readers only, and are left out.
 */
export function toCitations(citations: unknown, isOwn: boolean): readonly Fields[] | undefined {
  if (!Array.isArray(citations)) return undefined;
  const taken = citations.flatMap((citation: unknown) => {
    const given = asFields(citation) ?? {};
    const fields = fieldsOf(given['type']);
    if (fields === undefined) {
      const { file_id, ...rest } = given;
      return isOwn ? [rest] : [];
    }
    const known = fields.filter((field) => given[field] !== undefined);
    const picked = known.map((field): [string, unknown] => [field, given[field]]);
    return [{ type: given['type'], ...Object.fromEntries(picked) }];
  });
  return taken.length === 0 ? undefined : taken;
}

function fieldsOf(type: unknown): readonly string[] | undefined {
  return typeof type === 'string' && Object.hasOwn(FIELDS, type) ? FIELDS[type] : undefined;
}
