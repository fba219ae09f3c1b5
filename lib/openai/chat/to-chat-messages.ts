import { describeValue } from '../../core/internal/describe-value.js';
import type { AnyMessage } from '../../messages/any-message.js';
import { dropEmpty } from '../../messages/history/drop-empty.js';
import type { MediaPart, Part, ResultPart, Turn } from '../../messages/history/part.js';
import { type CallRules, placeResults } from '../../messages/history/place-results.js';
import { readTurns } from '../../messages/history/read-turns.js';
import { refusal as refuse } from '../../messages/history/refusal.js';
import type { KnownCompat } from '../compat.js';
import { isRecord } from '../../core/internal/is-record.js';
import { type Json } from '../../http/decoder/json.js';

/**
 * @internal A conversation as Chat Completions takes it, in OpenAI's dialect or another server's, whoever has written it.
 *
 * Throws a `TypeError` for content that the API has no part for, and a `ModelError` with code `invalid_request` for a
 * history that contradicts itself.
 */
export function toChatMessages(
  messages: readonly AnyMessage[],
  compat: KnownCompat,
  { provider, rules }: { readonly provider: string; readonly rules: CallRules },
): readonly Json[] {
  const turns = dropEmpty(placeResults(readTurns(messages, provider), rules));
  const sent = turns.flatMap((turn) => toMessages(turn, compat));
  if (!sent.some(({ role }) => role !== compat.systemRole))
    throw new TypeError(
      'there is no message to answer: give at least one that is no system message',
    );
  return sent;
}

function toMessages(turn: Turn, compat: KnownCompat): readonly Json[] {
  switch (turn.role) {
    case 'system':
      return turn.parts.length === 0
        ? []
        : [{ role: compat.systemRole, content: textOnly(turn.parts, 'a system message') }];
    case 'assistant':
      return toAnswer(turn, compat);
    case 'user':
      return toQuestion(turn);
  }
}

/** Results are messages of their own, before what else the turn says. */
function toQuestion(turn: Turn): readonly Json[] {
  const results = turn.parts.filter((part) => part.type === 'result');
  const said = turn.parts.filter((part) => part.type !== 'result');
  const media = results.flatMap(({ content }) => content.filter((part) => part.type === 'media'));
  const content = [...media, ...said].flatMap(toUserPart);
  const name = turn.message?.name;
  return [
    ...results.map(toResult),
    ...(content.length === 0
      ? []
      : [
          {
            role: 'user',
            content: flat(content, turn.plain),
            ...(name === undefined ? {} : { name }),
          },
        ]),
  ];
}

function toResult({ callId, content, isError }: ResultPart): Json {
  const text = content.map(textOfPart).join('');
  const hasMedia = content.some(({ type }) => type === 'media');
  const shown = text === '' && hasMedia ? 'The result follows.' : text;
  return {
    role: 'tool',
    tool_call_id: callId,
    content: isError && !/error|fail|not run/i.test(shown) ? `Error: ${shown}` : shown,
  };
}

function toUserPart(part: Part): readonly Json[] {
  switch (part.type) {
    case 'text':
      return [{ type: 'text', text: part.text }];
    case 'media':
      return [toMedia(part)];
    case 'reasoning':
      return [];
    case 'other':
      return part.asIs ? [part.own] : [toOther(part.blockType, part.own, part.at)];
    default:
      return [];
  }
}

function toMedia({ kind, source, mediaType, title, own, at }: MediaPart): Json {
  if (kind === 'image') {
    const url =
      'url' in source
        ? source.url
        : 'base64' in source
          ? `data:${mediaType ?? 'image/png'};base64,${source.base64}`
          : undefined;
    if (url === undefined)
      throw refuse(at, 'Chat Completions takes pictures by their data or address', 'Send the data');
    const { detail } = isRecord(own['image_url']) ? own['image_url'] : own;
    return {
      type: 'image_url',
      image_url: { url, ...(typeof detail === 'string' ? { detail } : {}) },
    };
  }
  if (kind === 'audio') {
    const format = AUDIO_FORMATS.get(mediaType ?? '');
    if (!('base64' in source) || format === undefined)
      throw refuse(
        at,
        `Chat Completions takes sounds as WAV or MP3 data, got ${describeValue(mediaType)}`,
        'Convert it',
      );
    return { type: 'input_audio', input_audio: { data: source.base64, format } };
  }
  if (kind === 'video') throw refuse(at, 'Chat Completions takes no video', 'Send pictures of it');
  if ('text' in source) return { type: 'text', text: source.text };
  if ('fileId' in source) return { type: 'file', file: { file_id: source.fileId } };
  if ('url' in source)
    throw refuse(at, 'Chat Completions takes files by their data or id', 'Send the data');
  return {
    type: 'file',
    file: {
      filename: title ?? 'file.pdf',
      file_data: `data:${mediaType ?? 'application/pdf'};base64,${source.base64}`,
    },
  };
}

const AUDIO_FORMATS: ReadonlyMap<string, string> = new Map([
  ['audio/wav', 'wav'],
  ['audio/x-wav', 'wav'],
  ['audio/wave', 'wav'],
  ['audio/mpeg', 'mp3'],
  ['audio/mp3', 'mp3'],
]);

function toAnswer(turn: Turn, { sendReasoning, emptyContent }: KnownCompat): readonly Json[] {
  const texts = turn.parts.filter((part) => part.type === 'text');
  const refused = texts.filter(({ own }) => own['type'] === 'refusal');
  const said = texts.filter((part) => !refused.includes(part));
  const calls = turn.parts.filter((part) => part.type === 'call');
  const kwargs = turn.message?.additional_kwargs ?? {};
  const { tool_call_extras: extras } = kwargs;
  const content = said.map(({ text }) => text).join('');
  const refusal = refused.map(({ text }) => text).join('');
  if (content === '' && calls.length === 0 && refusal === '') return [];
  const reasoning = sendReasoning
    ? REASONING_FIELDS.filter((field) => kwargs[field] !== undefined)
    : [];
  return [
    {
      role: 'assistant',
      ...(content === '' && emptyContent === 'absent' ? {} : { content }),
      ...(refusal === '' ? {} : { refusal }),
      ...Object.fromEntries(reasoning.map((field) => [field, kwargs[field]])),
      ...(calls.length === 0
        ? {}
        : {
            tool_calls: calls.map(({ id, name, input }) => ({
              id,
              type: 'function',
              function: { name, arguments: JSON.stringify(input) },
              ...extraOf(extras, id),
            })),
          }),
    },
  ];
}

const REASONING_FIELDS = [
  'reasoning',
  'reasoning_content',
  'reasoning_text',
  'reasoning_details',
] as const;

/** Of Gemini's calls a signature has to go back. */
function extraOf(extras: unknown, id: string): Json {
  return isRecord(extras) && Object.hasOwn(extras, id) ? { extra_content: extras[id] } : {};
}

function textOnly(parts: readonly Part[], what: string): string | readonly Json[] {
  for (const part of parts)
    if (part.type !== 'text')
      throw refuse(part.at, `${what} holds text only`, 'Put it in a human message');
  return parts.map(textOfPart).join('\n\n');
}

function textOfPart(part: Part): string {
  if (part.type === 'text') return part.text;
  return part.type === 'other' ? JSON.stringify(part.own) : '';
}

function toOther(blockType: string, own: Json, at: string): Json {
  if (blockType === 'input_audio' || blockType === 'image_url' || blockType === 'file') return own;
  throw refuse(
    at,
    `Chat Completions has no part of type ${describeValue(blockType)}`,
    `Leave it out, or send it as it is by { type: 'non_standard', value: block }`,
  );
}

/** One text is sent as a string: small servers take nothing else. */
function flat(content: readonly Json[], plain: boolean): unknown {
  const [only] = content;
  const isText = content.every(({ type }) => type === 'text');
  return isText && (plain || content.length === 1) ? only?.['text'] : content;
}
