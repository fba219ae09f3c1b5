import { describeValue } from '../../core/internal/describe-value.js';
import type { AnyMessage } from '../../messages/any-message.js';
import { dropEmpty } from '../../messages/history/drop-empty.js';
import type { CallPart, MediaPart, Part, ResultPart, Turn } from '../../messages/history/part.js';
import { type CallRules, placeResults } from '../../messages/history/place-results.js';
import { readTurns } from '../../messages/history/read-turns.js';
import { refusal } from '../../messages/history/refusal.js';
import { isRecord } from '../../core/internal/is-record.js';
import { type Json } from '../../http/decoder/json.js';

/**
 * @internal A conversation as the `input` of a response, whoever has written it.
 *
 * Reasoning goes back whole where it is the server's own, directly before what it led to; reasoning that nothing follows
 * is left out, because the API refuses it.
 */
export function toInputItems(
  messages: readonly AnyMessage[],
  { provider, rules }: { readonly provider: string; readonly rules: CallRules },
): readonly Json[] {
  const turns = dropEmpty(placeResults(readTurns(messages, provider), rules));
  const items = withoutLoneReasoning(turns.flatMap(toItems));
  if (!items.some(({ role, type }) => role !== 'system' && type !== undefined))
    throw new TypeError(
      'there is no message to answer: give at least one that is no system message',
    );
  return items;
}

function toItems(turn: Turn): readonly Json[] {
  switch (turn.role) {
    case 'system': {
      const content = turn.parts.flatMap((part) => toInputPart(part, 'a system message'));
      return content.length === 0 ? [] : [{ type: 'message', role: 'system', content }];
    }
    case 'assistant':
      return toAnswerItems(turn);
    case 'user':
      return toQuestionItems(turn);
  }
}

function toQuestionItems({ parts }: Turn): readonly Json[] {
  const results = parts.filter((part) => part.type === 'result');
  const content = parts
    .filter((part) => part.type !== 'result')
    .flatMap((part) => toInputPart(part, 'a question'));
  return [
    ...results.map(toResult),
    ...(content.length === 0 ? [] : [{ type: 'message', role: 'user', content }]),
  ];
}

function toResult({ callId, content, own }: ResultPart): Json {
  const parts = content.flatMap((part) => toInputPart(part, 'a result'));
  const [only] = parts;
  const plain = parts.length === 0 ? '' : parts.length === 1 ? only?.['text'] : undefined;
  return {
    type: own['is_custom'] === true ? 'custom_tool_call_output' : 'function_call_output',
    call_id: callId,
    output: typeof plain === 'string' ? plain : parts,
  };
}

function toInputPart(part: Part, what: string): readonly Json[] {
  switch (part.type) {
    case 'text':
      return [{ type: 'input_text', text: part.text }];
    case 'media':
      return [toMedia(part)];
    case 'other':
      if (part.asIs) return [part.own];
      throw refusal(
        part.at,
        `${what} has no part of type ${describeValue(part.blockType)} in the Responses API`,
        `Leave it out, or send it as it is by { type: 'non_standard', value: block }`,
      );
    default:
      return [];
  }
}

function toMedia({ kind, source, mediaType, title, own, at }: MediaPart): Json {
  if (kind === 'image') {
    const { detail } = isRecord(own['image_url']) ? own['image_url'] : own;
    const place =
      'fileId' in source
        ? { file_id: source.fileId }
        : 'url' in source
          ? { image_url: source.url }
          : 'base64' in source
            ? { image_url: `data:${mediaType ?? 'image/png'};base64,${source.base64}` }
            : undefined;
    if (place === undefined) throw refusal(at, 'a picture has no data', 'Give its data');
    return { type: 'input_image', detail: typeof detail === 'string' ? detail : 'auto', ...place };
  }
  if (kind !== 'file')
    throw refusal(at, `the Responses API takes no ${kind}`, 'Send its text, as a transcript');
  if ('text' in source) return { type: 'input_text', text: source.text };
  if ('fileId' in source) return { type: 'input_file', file_id: source.fileId };
  if ('url' in source) return { type: 'input_file', file_url: source.url };
  return {
    type: 'input_file',
    filename: title ?? 'file.pdf',
    file_data: `data:${mediaType ?? 'application/pdf'};base64,${source.base64}`,
  };
}

/** In the order of the content: a call stands where its block does, and calls without a block come last. */
function toAnswerItems({ parts, message }: Turn): readonly Json[] {
  const isOwn = message?.response_metadata['model_provider'] !== undefined;
  const items: Json[] = [];
  for (const part of parts) {
    const item = toAnswerItem(part, isOwn);
    const last = items.at(-1);
    if (item === undefined) continue;
    if (item['type'] === 'message' && last?.['type'] === 'message')
      items[items.length - 1] = {
        ...last,
        content: [...(last['content'] as Json[]), ...(item['content'] as Json[])],
      };
    else items.push(item);
  }
  return items;
}

function toAnswerItem(part: Part, isOwn: boolean): Json | undefined {
  switch (part.type) {
    case 'text': {
      const isRefusal = part.own['type'] === 'refusal';
      const content = isRefusal
        ? { type: 'refusal', refusal: part.text }
        : { type: 'output_text', text: part.text, annotations: [] };
      return { type: 'message', role: 'assistant', content: [content] };
    }
    case 'reasoning': {
      const { item } = part.own;
      return isRecord(item) ? withoutStatus(item) : undefined;
    }
    case 'call':
      return toCall(part);
    case 'other':
      return part.asIs || (isOwn && BUILT_IN.test(part.blockType)) ? part.own : undefined;
    default:
      return undefined;
  }
}

const BUILT_IN =
  /^(web_search_call|file_search_call|code_interpreter_call|image_generation_call|mcp_list_tools|mcp_call|shell_call|shell_call_output|apply_patch_call|compaction)$/;

function toCall({ id, name, input, own }: CallPart): Json {
  if (own['is_custom'] === true && typeof input['input'] === 'string')
    return { type: 'custom_tool_call', call_id: id, name, input: input['input'] };
  return { type: 'function_call', call_id: id, name, arguments: JSON.stringify(input) };
}

function withoutStatus({ status: _status, ...item }: Json): Json {
  return item;
}

function withoutLoneReasoning(items: readonly Json[]): readonly Json[] {
  const kept: Json[] = [];
  let next: Json | undefined;
  for (const item of items.toReversed()) {
    if (item['type'] !== 'reasoning') next = item;
    else if (
      next === undefined ||
      ['user', 'system'].includes(String(next['role'])) ||
      isOutput(next)
    )
      continue;
    kept.push(item);
  }
  return kept.reverse();
}

function isOutput({ type }: Json): boolean {
  return typeof type === 'string' && type.endsWith('_output');
}
