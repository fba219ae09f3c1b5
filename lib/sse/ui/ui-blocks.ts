import { describeValue } from '../../core/internal/describe-value.js';
import type { ContentBlock } from '../../messages/content.js';
import { cacheFields, reasoningFields } from '../../messages/history/ai-sdk-metadata.js';
import { clientContent } from '../server/client-content.js';
import { ownCode } from '../server/server-fault.js';
import type { FromUIRules } from './from-ui-options.js';
import { restore } from './ui-hidden-fields.js';
import { textIn, type UIMessagePart } from './ui-part.js';

/** @internal The content block of a text, reasoning or file part; none if the part is not for a model. */
export function toBlock(part: UIMessagePart, rules: FromUIRules): [] | [ContentBlock] {
  switch (part.type) {
    case 'text':
      return part['text'] === '' ? [] : [withCachePoint(toText(part, rules), part, rules)];
    case 'file':
      return [withCachePoint(toFile(part, rules), part, rules)];
    case 'reasoning':
      return toThinking(part, rules);
    case 'step-start':
    case 'source-url':
    case 'source-document':
      return [];
    default: {
      if (!part.type.startsWith('data-')) {
        if (rules.trusted) return [];
        throw new TypeError(
          `parts of type ${describeValue(part.type)} are not accepted from a client`,
        );
      }
      const converted = ownCode(() => rules.convertDataPart(part));
      return converted === undefined || converted.type.startsWith('data-')
        ? []
        : toBlock(converted, rules);
    }
  }
}

/** @internal What was kept of the block of a part. */
export function keptOf(metadata: unknown): unknown {
  return (metadata as { readonly rxlm?: unknown } | null | undefined)?.rxlm;
}

/** A text with what it cites, if the server has said that; else the text alone. */
function toText(part: UIMessagePart, rules: FromUIRules): ContentBlock {
  const text = { type: 'text', text: textIn(part, 'text') };
  const kept = keptOf(part['providerMetadata']);
  return (kept === undefined ? undefined : restore(kept, text, rules)) ?? text;
}

function toFile(part: UIMessagePart, rules: FromUIRules): ContentBlock {
  const mimeType = textIn(part, 'mediaType');
  const type = mimeType.startsWith('image/') ? 'image' : 'file';
  const { filename, providerReference } = part;
  // No provider takes a title for an image.
  const title = typeof filename === 'string' && type !== 'image' ? { title: filename } : {};
  const file = { type, ...sourceOf(part, rules), mimeType, ...title };
  if (rules.trusted || providerReference !== undefined) return file;
  const [checked] = clientContent([file], rules) as readonly ContentBlock[];
  return checked ?? file;
}

function sourceOf(
  part: UIMessagePart,
  { fileIds }: FromUIRules,
): { readonly file_id: string } | { readonly data: string } | { readonly url: string } {
  const { providerReference } = part;
  if (providerReference !== undefined) {
    const ids = Object.values(Object(providerReference) as object) as unknown[];
    const [id] = ids;
    if (typeof id === 'string' && ids.length === 1 && ownCode(() => fileIds(id)))
      return { file_id: id };
    throw new TypeError('file ids are not accepted from a client');
  }
  const url = textIn(part, 'url');
  const [, isBase64, data] = /^data:[^,]*?(;base64)?,(.*)$/s.exec(url) ?? [];
  if (data === undefined) return { url };
  return { data: isBase64 === undefined ? toBase64(data) : data };
}

/** Of the text of a `data:` URL. */
function toBase64(escaped: string): string {
  try {
    const bytes = new TextEncoder().encode(decodeURIComponent(escaped));
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  } catch {
    throw new TypeError('the data of a file cannot be read');
  }
}

/** Reasoning goes back to the provider that signed it, or not at all. */
function toThinking(part: UIMessagePart, rules: FromUIRules): [] | [ContentBlock] {
  const metadata = part['providerMetadata'];
  const kept = keptOf(metadata);
  const shown = reasoningFields(metadata, textIn(part, 'text'), typeOf(kept));
  if (kept === undefined && !rules.trusted && Object.keys(Object(metadata) as object).length === 0)
    return [];
  const block = restore(kept, shown, rules);
  return block === undefined ? [] : [block];
}

function typeOf(kept: unknown): unknown {
  const { rest } = (Object(kept) ?? {}) as { readonly rest?: unknown };
  return (Object(rest) as { readonly type?: unknown }).type;
}

/** A cache point costs money, so only a trusted part may set one. */
function withCachePoint(
  block: ContentBlock,
  { providerMetadata }: UIMessagePart,
  { trusted }: FromUIRules,
): ContentBlock {
  return trusted ? { ...block, ...cacheFields(providerMetadata) } : block;
}
