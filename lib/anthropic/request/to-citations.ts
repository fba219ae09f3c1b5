import { asFields } from '../../messages/history/fields.js';

/** @internal Citations of a text as the API takes them back: an answer's have a `file_id` beside, which it refuses. */
export function toCitations(citations: unknown): readonly object[] | undefined {
  if (!Array.isArray(citations) || citations.length === 0) return undefined;
  return citations.map((citation: unknown) => {
    const { file_id, ...fields } = asFields(citation) ?? {};
    return fields;
  });
}
