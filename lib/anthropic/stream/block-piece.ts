import type { ContentBlock } from '../../messages/content.js';
import { badStream, textOf } from './bad-stream.js';
import type { WireBlock } from './wire.js';

/** The kind of block that each delta goes on with. */
const GOES_ON_WITH: ReadonlyMap<string, string> = new Map([
  ['text_delta', 'text'],
  ['citations_delta', 'text'],
  ['thinking_delta', 'thinking'],
  ['signature_delta', 'thinking'],
  ['compaction_delta', 'compaction'],
  ['input_json_delta', 'tool_use'],
]);

const KINDS: ReadonlySet<string> = new Set(GOES_ON_WITH.values());

/**
 * @internal What a delta adds to its block; of one that nobody knows, or that is new to its kind of block, all of it,
 * beside the block's own fields. A delta of one known kind for a block of another has lost its way: `bad_stream`.
 */
export function pieceOf(delta: WireBlock, block: WireBlock): ContentBlock {
  const kind = GOES_ON_WITH.get(delta.type);
  if (kind !== undefined && kind !== block.type && KINDS.has(block.type))
    throw badStream(`a ${delta.type} came for a content block of type ${block.type}`);
  const unknown = { type: block.type, non_standard: [delta] };
  if (kind !== block.type) return unknown;
  const { type, ...fields } = delta;
  switch (type) {
    case 'text_delta':
      return { type: 'text', text: textOf(fields['text']), ...restOf(delta, 'text') };
    case 'thinking_delta':
      return { type: 'thinking', ...fields, thinking: textOf(fields['thinking']) };
    case 'signature_delta':
      return { type: 'thinking', ...fields, signature: textOf(fields['signature']) };
    case 'citations_delta':
      return fields['citation']
        ? { type: 'text', citations: [fields['citation']], ...restOf(delta, 'citation') }
        : unknown;
    case 'compaction_delta':
      return { type: 'compaction', ...withoutNull(fields) };
    default:
      return unknown;
  }
}

/** What a delta says beside its one known field. */
function restOf(delta: WireBlock, field: string): object {
  const { [field]: _known, ...rest } = delta;
  return Object.keys(rest).length > 1 ? { non_standard: [rest] } : {};
}

/** @internal The fields that say something. */
export function withoutNull(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
