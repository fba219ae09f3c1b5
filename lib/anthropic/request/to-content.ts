import type { ResultPart, Fields, OtherPart, Part } from '../../messages/history/part.js';
import { describeValue } from '../../core/internal/describe-value.js';
import type { MessageContent } from '../../messages/content.js';
import { dropEmptyParts } from '../../messages/history/drop-empty.js';
import { asFields } from '../../messages/history/fields.js';
import { readParts } from '../../messages/history/read-part.js';
import { refusal } from '../../messages/history/refusal.js';
import { PROVIDER } from '../internal/errors.js';
import { isBlockType, toBlock } from './block-fields.js';
import { toCitations } from './to-citations.js';
import { toSource } from './to-source.js';

/**
 * @internal Parts as the API takes them: a string where they were one, else blocks of the API's own with the fields that
 * it knows. Thinking and all that is signed or encrypted goes as it came.
 *
 * Throws a `TypeError` for what the API has no block for.
 */
export function toContent(
  parts: readonly Part[],
  { plain, isOwn }: { readonly plain: boolean; readonly isOwn: boolean },
): string | readonly Fields[] {
  const [first] = parts;
  if (plain && parts.length === 1 && first?.type === 'text') return first.text;
  return parts.map((part) => toContentBlock(part, isOwn));
}

function toContentBlock(part: Part, isOwn: boolean): Fields {
  const { own } = part;
  switch (part.type) {
    case 'text':
      return toBlock(
        'text',
        { ...own, text: part.text, citations: toCitations(own['citations'], isOwn) },
        part.at,
      );
    case 'media': {
      if (own['containerUpload'] === true && 'fileId' in part.source)
        return toBlock('container_upload', { ...own, file_id: part.source.fileId }, part.at);
      const type = part.kind === 'image' ? 'image' : 'document';
      const { title } = part;
      const citations = asFields(own['citations']);
      return toBlock(type, { ...own, source: toSource(part), title, citations }, part.at);
    }
    case 'reasoning':
      return { type: 'thinking', thinking: part.text, signature: part.signature };
    case 'call':
      return toBlock(
        'tool_use',
        { ...own, id: part.id, name: toToolName(part.name), input: part.input },
        part.at,
      );
    case 'result':
      return toResult(part, isOwn);
    case 'other':
      return toOther(part, isOwn);
  }
}

function toResult(part: ResultPart, isOwn: boolean): Fields {
  const content = toContent(part.content, { plain: part.plain, isOwn });
  const fields = {
    ...part.own,
    tool_use_id: part.callId,
    // A result may be empty.
    content: content.length === 0 ? undefined : content,
    is_error: part.isError ? true : undefined,
  };
  return toBlock('tool_result', fields, part.at);
}

/** A block that is new to rxlm is the API's if it came from there. */
function toOther({ blockType, own, asIs, at }: OtherPart, isOwn: boolean): Fields {
  if (isBlockType(blockType)) return toBlock(blockType, withContent(blockType, own, at), at);
  if (!isOwn && !asIs)
    throw refusal(
      at,
      `the Messages API has no block of type ${describeValue(blockType)}`,
      `Leave it out, or send it as it is by { type: 'non_standard', value: block }`,
    );
  const { non_standard, own_index: index, ...block } = own;
  return index === undefined ? block : { ...block, index };
}

/** Blocks within a document or a search result are of the user's making, as those around it are. */
function withContent(blockType: string, own: Fields, at: string): Fields {
  const source = asFields(own['source']);
  if (blockType === 'document' && source !== undefined)
    return {
      ...own,
      source: {
        ...source,
        content:
          typeof source['content'] === 'string'
            ? source['content']
            : contentIn(source['content'], at),
      },
    };
  return blockType === 'search_result' ? { ...own, content: contentIn(own['content'], at) } : own;
}

function contentIn(content: unknown, at: string): unknown {
  if (typeof content !== 'string' && !Array.isArray(content)) return content;
  const parts = readParts(content as MessageContent, at, {
    provider: PROVIDER,
    inputOf: () => ({}),
  });
  return toContent(dropEmptyParts(parts), { plain: false, isOwn: false });
}

/** The name of a tool of another provider, which may have dots. */
function toToolName(name: string): string {
  return name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 128) || 'unnamed';
}
