import { describeValue } from '../../core/internal/describe-value.js';
import { isRecord } from '../../core/internal/is-record.js';
import { type Json, nonEmpty } from '../../http/decoder/json.js';
import type { AnyMessage } from '../../messages/any-message.js';
import { dropEmpty } from '../../messages/history/drop-empty.js';
import type { CallPart, Part, ResultPart, Turn } from '../../messages/history/part.js';
import { type CallRules, placeResults } from '../../messages/history/place-results.js';
import { readTurns } from '../../messages/history/read-turns.js';
import { refusal } from '../../messages/history/refusal.js';
import { toMediaPart } from './to-media-part.js';

/** What a request says of the conversation. */
export interface Contents {
  readonly systemInstruction: Json | undefined;
  readonly contents: readonly Content[];
}

/** What one side says. */
interface Content {
  readonly role: 'user' | 'model';
  readonly parts: readonly Json[];
}

/** How a history is written. */
export interface ContentRules extends CallRules {
  readonly provider: string;
  /** Whether the model refuses the calls of a turn of which the first has no signature. */
  readonly needsSignatures: boolean;
}

/** Google's own word for a call that another model has made. */
const UNSIGNED = 'skip_thought_signature_validator';

/**
 * @internal A conversation as Gemini takes it, whoever has written it: system messages beside the contents, the calls of a
 * turn in one content, their results in the next one. Parts with a signature go back as they came.
 *
 * Throws a `TypeError` for content that the API has no part for, and a `ModelError` with code `invalid_request` for a
 * history that contradicts itself.
 */
export function toContents(messages: readonly AnyMessage[], rules: ContentRules): Contents {
  const turns = placeResults(readTurns(messages, rules.provider), rules);
  const kept = dropEmpty(turns).map((turn, index) => withSigned(turn, turns[index]));
  const system = kept
    .filter(({ role }) => role === 'system')
    .flatMap(({ parts }) => parts.flatMap(toSystemPart));
  const known = new Map<string, CallPart>();
  const contents = joined(
    kept.flatMap((turn): readonly Content[] => {
      const parts = turn.role === 'system' ? [] : toParts(turn, rules, known);
      return parts.length === 0
        ? []
        : [{ role: turn.role === 'assistant' ? 'model' : 'user', parts }];
    }),
  );
  if (contents.length === 0)
    throw new TypeError(
      'there is no message to answer: give at least one that is no system message',
    );
  const [first] = contents;
  const isTrimmed = first?.role === 'model' && first.parts.some((part) => 'functionCall' in part);
  return {
    systemInstruction: system.length === 0 ? undefined : { parts: system },
    contents: isTrimmed ? [BEFORE, ...contents] : contents,
  };
}

/** A call has to follow something that was asked. */
const BEFORE: Content = { role: 'user', parts: [{ text: '(The conversation began earlier.)' }] };

/** A signature may stand on a part whose text is empty. */
function withSigned(turn: Turn, before: Turn | undefined): Turn {
  const signed = before?.parts.filter((part) => part.type === 'text' && signatureOf(part)) ?? [];
  if (signed.length === 0) return turn;
  const kept = new Set<Part>([...turn.parts, ...signed]);
  return { ...turn, parts: before?.parts.filter((part) => kept.has(part)) ?? [] };
}

/** Neighbours of one role are one content: the calls of a turn have to stand in one. */
function joined(contents: readonly Content[]): readonly Content[] {
  const merged: Content[] = [];
  for (const content of contents) {
    const last = merged.at(-1);
    if (last?.role === content.role)
      merged[merged.length - 1] = { ...last, parts: [...last.parts, ...content.parts] };
    else merged.push(content);
  }
  return merged;
}

function toSystemPart(part: Part): readonly Json[] {
  if (part.type === 'text') return [{ text: part.text }];
  if (part.type === 'media' && 'text' in part.source) return [{ text: part.source.text }];
  throw refusal(part.at, 'a system message holds text only', 'Put it in a human message');
}

function toParts(turn: Turn, rules: ContentRules, known: Map<string, CallPart>): readonly Json[] {
  if (turn.role === 'assistant') return toAnswer(turn, rules, known);
  const results = turn.parts.filter((part) => part.type === 'result');
  const said = turn.parts.filter((part) => part.type !== 'result');
  const media = results.flatMap(({ content }) => content.filter(isMedium));
  return [
    ...results.map((result) => toResponse(result, known)),
    ...[...media, ...said].flatMap(toQuestionPart),
  ];
}

function toQuestionPart(part: Part): readonly Json[] {
  switch (part.type) {
    case 'text':
      return [{ text: part.text }];
    case 'media':
      return [toMediaPart(part)];
    case 'other':
      if (part.asIs) return [withoutType(part.own)];
      throw refusal(
        part.at,
        `Gemini has no part of type ${describeValue(part.blockType)}`,
        `Leave it out, or send it as it is by { type: 'non_standard', value: block }`,
      );
    default:
      return [];
  }
}

function toAnswer(
  { parts, message }: Turn,
  { provider, needsSignatures }: ContentRules,
  known: Map<string, CallPart>,
): readonly Json[] {
  const isOwn = message?.response_metadata['model_provider'] === provider;
  const calls = parts.filter((part) => part.type === 'call');
  for (const call of calls) known.set(call.id, call);
  const isUnsigned = needsSignatures && !calls.some(signatureOf);
  // Thoughts that led to nothing yet are no answer.
  if (parts.every(({ type }) => type === 'reasoning')) return [];
  return parts.flatMap((part): readonly Json[] => {
    const signed = signedBy(part);
    switch (part.type) {
      case 'text':
        return [{ text: part.text, ...signed }];
      case 'reasoning':
        return isOwn ? [{ text: part.text, thought: true, ...signed, ...ownSignature(part) }] : [];
      case 'media':
        return [{ ...toMediaPart(part), ...signed, ...thoughtIn(part) }];
      case 'call': {
        const mark = isUnsigned && part === calls[0] ? { thoughtSignature: UNSIGNED } : {};
        return [{ functionCall: toCall(part), ...mark, ...signed }];
      }
      case 'other':
        return part.asIs || (isOwn && isRecord(part.own[part.blockType]))
          ? [withoutType(part.own)]
          : [];
      default:
        return [];
    }
  });
}

function toCall({ name, input, own }: CallPart): Json {
  const id = nonEmpty(own['functionCallId']);
  return { ...(id === undefined ? {} : { id }), name, args: input };
}

/** The response has to be an object, under the name of its call. */
function toResponse({ callId, content, isError }: ResultPart, known: Map<string, CallPart>): Json {
  const call = known.get(callId);
  const id = nonEmpty(call?.own['functionCallId']);
  const text = content.map(textOf).join('');
  const shown = text === '' && content.some(isMedium) ? 'The result follows.' : text;
  return {
    functionResponse: {
      ...(id === undefined ? {} : { id }),
      name: call?.name,
      response: isError ? { error: shown } : { output: shown },
    },
  };
}

/** A file that is text is part of the text. */
function isMedium(part: Part): boolean {
  return part.type === 'media' && !('text' in part.source);
}

function textOf(part: Part): string {
  if (part.type === 'text') return part.text;
  if (part.type === 'media') return 'text' in part.source ? part.source.text : '';
  return part.type === 'other' ? JSON.stringify(part.own) : '';
}

function signatureOf({ own }: Part): string | undefined {
  return nonEmpty(own['thoughtSignature']);
}

function signedBy(part: Part): Json {
  const thoughtSignature = signatureOf(part);
  return thoughtSignature === undefined ? {} : { thoughtSignature };
}

function ownSignature({ signature }: Extract<Part, { type: 'reasoning' }>): Json {
  return signature === undefined ? {} : { thoughtSignature: signature };
}

function thoughtIn({ own }: Part): Json {
  return own['thought'] === true ? { thought: true } : {};
}

function withoutType({ type: _type, ...fields }: Json): Json {
  return fields;
}
