import { describeValue } from '../../core/internal/describe-value.js';
import { readTools } from '../../http/decoder/function-tools.js';
import type { Json } from '../../http/decoder/json.js';
import type { AnyMessage } from '../../messages/any-message.js';
import { dropEmpty } from '../../messages/history/drop-empty.js';
import type { Part, ResultPart, Turn } from '../../messages/history/part.js';
import { type CallRules, placeResults } from '../../messages/history/place-results.js';
import { readTurns } from '../../messages/history/read-turns.js';
import { refusal } from '../../messages/history/refusal.js';
import { effortOf, type Reasoning } from '../../models/reasoning.js';
import { toJsonSchema } from '../../tools/to-json-schema.js';
import type { OllamaCallOptions } from '../ollama-options.js';
import { withoutUndefined } from '../../core/internal/without-undefined.js';

/** @internal The body of `POST /api/chat` for a conversation; only what was set is sent. */
export function toOllamaRequest(
  messages: readonly AnyMessage[],
  options: OllamaCallOptions,
  rules: CallRules,
): Json {
  const { temperature, topP, topK, seed, stop, maxTokens, modelOptions } = options;
  const own = withoutUndefined({
    temperature,
    top_p: topP,
    top_k: topK,
    seed,
    stop,
    num_predict: maxTokens,
    ...modelOptions,
  });
  const choice = options.toolChoice;
  if (choice !== undefined && choice !== 'auto' && choice !== 'none')
    throw new TypeError(
      `Ollama cannot force a call: toolChoice must be 'auto' or 'none', got ${describeValue(choice)}. For structured output use method: 'json_schema'`,
    );
  return withoutUndefined({
    model: options.model,
    messages: toOllamaMessages(messages, rules),
    tools:
      choice === 'none'
        ? undefined
        : readTools(options.tools)?.map((tool) => {
            if ('own' in tool) return tool.own;
            const { name, description, parameters } = tool;
            return {
              type: 'function',
              function: withoutUndefined({ name, description, parameters }),
            };
          }),
    format: toFormat(options.responseFormat),
    think: toThink(options.reasoning),
    options: Object.keys(own).length === 0 ? undefined : own,
    keep_alive: options.keepAlive,
    logprobs: options.logprobs ?? (options.topLogprobs === undefined ? undefined : true),
    top_logprobs: options.topLogprobs,
    stream: true,
    ...options.invocationKwargs,
  });
}

function toThink(reasoning: Reasoning | undefined): unknown {
  const effort = reasoning === undefined ? undefined : effortOf(reasoning);
  if (effort === 'none') return false;
  return effort === undefined ? undefined : (NEAREST.get(effort) ?? effort);
}

/** Efforts that Ollama has no word for. */
const NEAREST: ReadonlyMap<string, string> = new Map([
  ['minimal', 'low'],
  ['xhigh', 'high'],
]);

function toFormat(format: OllamaCallOptions['responseFormat']): unknown {
  if (format === undefined || format.type === 'text') return undefined;
  return format.type === 'json_schema'
    ? toJsonSchema(format.schema, 'the schema of responseFormat')
    : 'json';
}

/** @internal A conversation as Ollama takes it: content is a string, pictures stand beside it. */
export function toOllamaMessages(
  messages: readonly AnyMessage[],
  rules: CallRules,
): readonly Json[] {
  const turns = dropEmpty(placeResults(readTurns(messages, 'ollama'), rules));
  const names = new Map<string, string>();
  const sent = turns.flatMap((turn) => toMessages(turn, names));
  if (!sent.some(({ role }) => role !== 'system'))
    throw new TypeError(
      'there is no message to answer: give at least one that is no system message',
    );
  return sent;
}

function toMessages({ role, parts }: Turn, names: Map<string, string>): readonly Json[] {
  const results = parts.filter((part) => part.type === 'result');
  const said = parts.filter((part) => part.type !== 'result');
  const sent = results.map((result) => toResult(result, names));
  if (said.length === 0) return sent;
  const calls = said.flatMap((part) => (part.type === 'call' ? [part] : []));
  for (const { id, name } of calls) names.set(id, name);
  const thinking = said.map((part) => (part.type === 'reasoning' ? part.text : '')).join('');
  const images = said.flatMap(picturesOf);
  const message = withoutUndefined({
    role,
    content: said.map(textOf).join(role === 'system' ? '\n\n' : ''),
    thinking: role === 'assistant' && thinking !== '' ? thinking : undefined,
    images: images.length === 0 ? undefined : images,
    tool_calls:
      calls.length === 0
        ? undefined
        : calls.map(({ id, name, input }) => ({ id, function: { name, arguments: input } })),
  });
  return [...sent, message];
}

function toResult({ callId, content, isError }: ResultPart, names: Map<string, string>): Json {
  const text = content.map(textOf).join('');
  const images = content.flatMap(picturesOf);
  return withoutUndefined({
    role: 'tool',
    content: isError && !/error|fail|not run/i.test(text) ? `Error: ${text}` : text,
    images: images.length === 0 ? undefined : images,
    tool_name: names.get(callId),
    tool_call_id: callId,
  });
}

function picturesOf(part: Part): readonly string[] {
  if (part.type !== 'media' || 'text' in part.source) return [];
  if (part.kind !== 'image')
    throw refusal(part.at, `Ollama takes no ${part.kind}`, 'Send its text');
  if (!('base64' in part.source))
    throw refusal(part.at, 'Ollama takes pictures by their data only', 'Send the data');
  return [part.source.base64];
}

function textOf(part: Part): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'media':
      return 'text' in part.source ? part.source.text : '';
    case 'other':
      throw refusal(
        part.at,
        `Ollama has no block of type ${describeValue(part.blockType)}`,
        'Leave it out, or send its text',
      );
    default:
      return '';
  }
}
