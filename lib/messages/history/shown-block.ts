import type { ContentBlock } from '../content.js';
import { CALL_BLOCKS, REASONING_BLOCKS } from './block-types.js';
import { asFields, firstString } from './fields.js';

/** @internal What a text cites. */
export interface Source {
  readonly url: string | undefined;
  readonly title: string | undefined;
}

/** @internal A block of an answer as a page reads it; a `piece` is a part of a call that stands elsewhere. */
export type ShownBlock =
  | { readonly kind: 'text'; readonly text: string; readonly sources: readonly Source[] }
  | { readonly kind: 'reasoning'; readonly text: string }
  | { readonly kind: 'call'; readonly id: string | undefined }
  | { readonly kind: 'piece' }
  | { readonly kind: 'other' };

/** @internal Reads a block of any library. */
export function shownBlock(block: ContentBlock): ShownBlock {
  const { type } = block;
  if (TEXTS.has(type)) {
    const text = firstString(block['text'], block['refusal']) ?? '';
    return { kind: 'text', text, sources: sourcesOf(block) };
  }
  if (REASONING_BLOCKS.has(type)) {
    const text = firstString(block['thinking'], block['reasoning'], block['text']) ?? '';
    return { kind: 'reasoning', text };
  }
  if (type === 'input_json_delta') return { kind: 'piece' };
  if (CALL_BLOCKS.has(type))
    return { kind: 'call', id: firstString(block['id'], block['toolCallId']) };
  return { kind: 'other' };
}

const TEXTS: ReadonlySet<unknown> = new Set(['text', 'output_text', 'refusal']);

/** Anthropic's `citations`, OpenAI's and LangChain's `annotations`; a source that is cited twice is there once. */
function sourcesOf({ citations, annotations }: ContentBlock): readonly Source[] {
  const sources = new Map<string, Source>();
  for (const cited of [citations, annotations].flatMap(listOf)) {
    const fields = asFields(cited) ?? {};
    const nested = asFields(fields['url_citation']) ?? fields;
    const link = firstString(nested['url'], nested['source']);
    // A link that is none of the web may be a script.
    const url = link !== undefined && /^https?:\/\//i.test(link) ? link : undefined;
    const title = firstString(nested['title'], nested['document_title'], nested['filename']);
    if (url !== undefined || title !== undefined)
      sources.set(JSON.stringify([url, title]), { url, title });
  }
  return [...sources.values()];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
