import { describeValue } from '../../core/internal/describe-value.js';
import { isRecord } from '../../core/internal/is-record.js';
import type { Json } from '../../http/decoder/json.js';
import type { AnyMessage } from '../../messages/any-message.js';
import { dropEmpty } from '../../messages/history/drop-empty.js';
import type { OtherPart, Part, ResultPart, Turn } from '../../messages/history/part.js';
import { type CallRules, placeResults } from '../../messages/history/place-results.js';
import { readTurns } from '../../messages/history/read-turns.js';
import { refusal } from '../../messages/history/refusal.js';
import { providerOptionsOf } from './provider-options.js';
import { toFilePart, toResultMedium, type Version } from './to-file-part.js';

/** What a prompt is for. */
export interface PromptContext {
  readonly version: Version;
  /** The provider's name as its options have it, e.g. `anthropic`. */
  readonly provider: string;
  readonly rules: CallRules;
}

/**
 * @internal A conversation as the prompt of the AI SDK's models, whoever has written it.
 *
 * Throws a `TypeError` for content that a prompt has no part for, and a `ModelError` with code `invalid_request` for a
 * history that contradicts itself.
 */
export function toPrompt(messages: readonly AnyMessage[], context: PromptContext): readonly Json[] {
  const turns = dropEmpty(placeResults(readTurns(messages, ''), context.rules));
  const names = new Map<string, string>();
  const prompt = turns.flatMap((turn) => toMessages(turn, context, names));
  if (!prompt.some(({ role }) => role !== 'system'))
    throw new TypeError(
      'there is no message to answer: give at least one that is no system message',
    );
  return prompt;
}

function toMessages(
  turn: Turn,
  context: PromptContext,
  names: Map<string, string>,
): readonly Json[] {
  const { parts, role } = turn;
  if (role === 'system') return parts.length === 0 ? [] : [toSystem(parts, context)];
  if (role === 'assistant') {
    const content = toAnswer(turn, context, names);
    return content.length === 0 ? [] : [{ role, content }];
  }
  const results = parts.filter((part) => part.type === 'result');
  const said = parts.filter((part) => part.type !== 'result');
  const content = said.flatMap((part) => toQuestionPart(part, context));
  return [
    ...(results.length === 0
      ? []
      : [{ role: 'tool', content: results.map((result) => toResult(result, context, names)) }]),
    ...(content.length === 0 ? [] : [{ role, content }]),
  ];
}

function toSystem(parts: readonly Part[], { provider }: PromptContext): Json {
  const texts = parts.map((part) => {
    if (part.type === 'text') return part.text;
    throw refusal(part.at, 'a system message holds text only', 'Put it in a human message');
  });
  const last = parts.at(-1);
  return {
    role: 'system',
    content: texts.join('\n\n'),
    ...(last === undefined ? {} : providerOptionsOf(last, provider, false)),
  };
}

function toQuestionPart(part: Part, { version, provider }: PromptContext): readonly Json[] {
  const options = providerOptionsOf(part, provider, false);
  switch (part.type) {
    case 'text':
      return [{ type: 'text', text: part.text, ...options }];
    case 'media':
      return [{ ...toFilePart(part, version, provider), ...options }];
    case 'other':
      if (part.asIs) return [part.own];
      throw refusal(
        part.at,
        `a prompt of the AI SDK has no part of type ${describeValue(part.blockType)}`,
        `Leave it out, or send it as it is by { type: 'non_standard', value: block }`,
      );
    default:
      return [];
  }
}

function toAnswer(
  { parts, message }: Turn,
  { version, provider }: PromptContext,
  names: Map<string, string>,
): readonly Json[] {
  // Thoughts that led to nothing yet are no answer.
  if (parts.every(({ type }) => type === 'reasoning')) return [];
  const isOwn = message?.response_metadata['model_provider'] === provider;
  const answered = new Set(parts.map(({ own }) => own['tool_use_id']));
  return parts.flatMap((part): readonly Json[] => {
    const options = providerOptionsOf(part, provider, isOwn);
    switch (part.type) {
      case 'text':
        return [{ type: 'text', text: part.text, ...options }];
      case 'reasoning':
        return isOwn || isRecord(part.own['providerMetadata'])
          ? [{ type: 'reasoning', text: part.text, ...options }]
          : [];
      case 'media':
        return [{ ...toFilePart(part, version, provider), ...options }];
      case 'call': {
        const { id, name, input, own } = part;
        names.set(id, name);
        const isText = own['is_custom'] === true && typeof input['input'] === 'string';
        return [
          {
            type: 'tool-call',
            toolCallId: id,
            toolName: name,
            input: isText ? input['input'] : input,
            ...options,
          },
        ];
      }
      case 'other':
        return part.asIs ? [part.own] : isOwn ? toOwn(part, provider, answered, options) : [];
      default:
        return [];
    }
  });
}

/** What the provider has run itself, and what only it can read. */
function toOwn(
  { blockType, own }: OtherPart,
  provider: string,
  answered: ReadonlySet<unknown>,
  options: Json,
): readonly Json[] {
  const { id, name, input, content } = own;
  switch (blockType) {
    case 'ai_sdk_tool_use':
      // A call that was cut off before its result is one that nobody can go on from.
      return answered.has(id)
        ? [
            {
              type: 'tool-call',
              toolCallId: id,
              toolName: name,
              input,
              providerExecuted: true,
              ...options,
            },
          ]
        : [];
    case 'ai_sdk_tool_result': {
      const isText = typeof content === 'string';
      const kind = isText ? 'text' : 'json';
      const type = own['is_error'] === true ? `error-${kind}` : kind;
      const output = { type, value: content };
      const toolCallId = own['tool_use_id'];
      return [{ type: 'tool-result', toolCallId, toolName: name, output, ...options }];
    }
    case 'redacted_thinking':
      return [
        {
          type: 'reasoning',
          text: '',
          providerOptions: { [provider]: { redactedData: own['data'] } },
        },
      ];
    case 'custom':
      return [{ type: 'custom', kind: own['kind'], ...options }];
    default:
      return [];
  }
}

function toResult(
  part: ResultPart,
  { version, provider }: PromptContext,
  names: Map<string, string>,
): Json {
  const { callId, content, isError } = part;
  const value = content.map((each) => {
    if (each.type === 'media') return toResultMedium(each, version, provider);
    return { type: 'text', text: each.type === 'text' ? each.text : JSON.stringify(each.own) };
  });
  const isText = value.every(({ type }) => type === 'text');
  const text = value.map((each) => ('text' in each ? String(each.text) : '')).join('');
  return {
    type: 'tool-result',
    toolCallId: callId,
    toolName: names.get(callId) ?? '',
    output: isText
      ? { type: isError ? 'error-text' : 'text', value: text }
      : { type: 'content', value },
    ...providerOptionsOf(part, provider, false),
  };
}
