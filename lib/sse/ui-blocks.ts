import type { ContentBlock } from '../messages/content.js';
import { textIn, type UIMessagePart } from './ui-part.js';

/** @internal The block that a part of a UI message stands for, if it is for a model. */
export function toBlock(part: UIMessagePart): [] | [ContentBlock] {
  switch (part.type) {
    case 'text':
      return part['text'] === '' ? [] : [{ type: 'text', text: textIn(part, 'text') }];
    case 'file':
      return [toFile(part)];
    case 'reasoning':
      return toThinking(part);
    default:
      return [];
  }
}

function toFile(part: UIMessagePart): ContentBlock {
  const url = textIn(part, 'url');
  const mimeType = textIn(part, 'mediaType');
  const type = mimeType.startsWith('image/') ? 'image' : 'file';
  const { filename } = part;
  const [, data] = /^data:[^,]*;base64,(.*)$/s.exec(url) ?? [];
  return {
    type,
    ...(data === undefined ? { url } : { data }),
    mimeType,
    ...(typeof filename === 'string' ? { title: filename } : {}),
  };
}

/** Thinking goes back to who has thought and signed it, or not at all. */
function toThinking(part: UIMessagePart): [] | [ContentBlock] {
  const { anthropic } = (part['providerMetadata'] ?? {}) as {
    readonly anthropic?: { readonly signature?: unknown; readonly redactedData?: unknown };
  };
  const { signature, redactedData } = anthropic ?? {};
  if (typeof signature === 'string')
    return [{ type: 'thinking', thinking: textIn(part, 'text'), signature }];
  return typeof redactedData === 'string'
    ? [{ type: 'redacted_thinking', data: redactedData }]
    : [];
}
