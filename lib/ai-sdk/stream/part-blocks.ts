import { isRecord } from '../../core/internal/is-record.js';
import { type Json, nonEmpty } from '../../http/decoder/json.js';
import { bytesToBase64 } from '../../messages/history/bytes.js';
import type { ContentBlock } from '../../messages/content.js';

/** @internal What a provider attaches to a part, as a field of its block. */
export function metadataOf({ providerMetadata }: Json): Json {
  return isRecord(providerMetadata) ? { providerMetadata } : {};
}

/** @internal The block of a file: its data as base64, or its address (v4). */
export function toFileBlock(part: Json): ContentBlock {
  const { mediaType, data } = part;
  const inner = isRecord(data) && !ArrayBuffer.isView(data) ? data : { type: 'data', data };
  const [family = ''] = (nonEmpty(mediaType) ?? '').split('/');
  const type = ['image', 'audio', 'video'].includes(family) ? family : 'file';
  return {
    type,
    mimeType: mediaType,
    ...(inner['type'] === 'url'
      ? { url: String(inner['url']) }
      : { data: bytesToBase64(inner['data']) ?? inner['data'] }),
    ...(part['type'] === 'reasoning-file' ? { thought: true } : {}),
    ...metadataOf(part),
  };
}

/** @internal A source as a citation: a page of the web, or a document. */
export function toCitation(source: Json): Json {
  const { sourceType, id, url, title, mediaType, filename } = source;
  const named = typeof title === 'string' ? { title } : {};
  const what =
    sourceType === 'document'
      ? { ...named, document_title: title, mediaType, filename }
      : { url, ...named };
  const said = Object.entries({ id, ...what }).filter(([, value]) => value !== undefined);
  return { type: 'citation', ...Object.fromEntries(said), ...metadataOf(source) };
}

/** @internal The citations that a text ends with (v4). */
export function toTextCitation(citation: unknown): readonly Json[] {
  if (!isRecord(citation) || !isRecord(citation['source'])) return [];
  const { source, citedText, startIndex, endIndex } = citation;
  return [
    {
      ...toCitation(source),
      ...(citedText === undefined ? {} : { cited_text: citedText }),
      ...(startIndex === undefined ? {} : { start_index: startIndex }),
      ...(endIndex === undefined ? {} : { end_index: endIndex }),
    },
  ];
}

/** @internal The block of a call that the provider runs itself. Its input is JSON. */
export function toProviderCall(part: Json): ContentBlock {
  const { toolCallId, toolName, input, dynamic } = part;
  return {
    type: 'ai_sdk_tool_use',
    id: toolCallId,
    name: toolName,
    input: parsed(input),
    ...(dynamic === true ? { dynamic } : {}),
    ...metadataOf(part),
  };
}

/** @internal The block of what came of it. */
export function toProviderResult(part: Json): ContentBlock {
  const { toolCallId, toolName, result, isError, dynamic } = part;
  return {
    type: 'ai_sdk_tool_result',
    tool_use_id: toolCallId,
    name: toolName,
    content: result,
    ...(isError === true ? { is_error: true } : {}),
    ...(dynamic === true ? { dynamic } : {}),
    ...metadataOf(part),
  };
}

function parsed(input: unknown): unknown {
  if (typeof input !== 'string') return input;
  try {
    return JSON.parse(input === '' ? '{}' : input) as unknown;
  } catch {
    return input;
  }
}

/** @internal A warning of the AI SDK, in the words of any of its versions. */
export function toWarning(warning: unknown): { readonly code: string; readonly message: string } {
  const { type, feature, setting, details, message, tool } = isRecord(warning) ? warning : {};
  const name = isRecord(tool) ? tool['name'] : undefined;
  const what = [feature, setting, name].find((each) => typeof each === 'string');
  const text = [message, details].find((each) => typeof each === 'string');
  return {
    code: nonEmpty(type) ?? 'other',
    message: [what, text].filter((each) => each !== undefined).join(': '),
  };
}
