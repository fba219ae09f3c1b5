import { isRecord } from '../../core/internal/is-record.js';
import { type Json, nonEmpty } from '../../http/decoder/json.js';
import type { ContentBlock } from '../../messages/content.js';

/** Fields that say something of a part, and are none of what it holds. */
const BESIDE: ReadonlySet<string> = new Set(['thought', 'thoughtSignature', 'thought_signature']);

/**
 * @internal The block of a part that is no text and no call: a medium in the form of all providers, all else under
 * Google's name for it, e.g. `{ type: 'executableCode', executableCode: { language, code } }`. Undefined for an empty part.
 */
export function toBlock(part: Json, signature: string | undefined): ContentBlock | undefined {
  const beside = {
    ...(part['thought'] === true ? { thought: true } : {}),
    ...(signature === undefined ? {} : { thoughtSignature: signature }),
  };
  const { inlineData, fileData } = part;
  if (isRecord(inlineData)) {
    const { mimeType, data } = inlineData;
    return { type: kindOf(mimeType), mimeType, data, ...beside };
  }
  if (isRecord(fileData)) {
    const { mimeType, fileUri } = fileData;
    return { type: kindOf(mimeType), mimeType, url: fileUri, ...beside };
  }
  const fields = Object.entries(part).filter(([name]) => !BESIDE.has(name));
  const [name] = fields.find(([, value]) => isRecord(value)) ?? fields[0] ?? [];
  if (name === undefined)
    return signature === undefined ? undefined : { type: 'text', text: '', ...beside };
  return { ...Object.fromEntries(fields), ...beside, type: name };
}

function kindOf(mimeType: unknown): string {
  const [family = ''] = (nonEmpty(mimeType) ?? '').split('/');
  return ['image', 'audio', 'video'].includes(family) ? family : 'file';
}
