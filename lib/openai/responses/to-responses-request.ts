import { describeValue } from '../../core/internal/describe-value.js';
import type { AnyMessage } from '../../messages/any-message.js';
import type { CallRules } from '../../messages/history/place-results.js';
import type { KnownCompat } from '../compat.js';
import type { Json } from '../../http/decoder/json.js';
import { toFormat } from '../internal/response-format.js';
import { readTools } from '../../http/decoder/function-tools.js';
import { effortOf } from '../../models/reasoning.js';
import type { OpenAICallOptions } from '../openai-options.js';
import { toInputItems } from './to-input-items.js';
import { withoutUndefined } from '../../core/internal/without-undefined.js';

/** Options of Chat Completions that a response has no field for. */
const ABSENT = [
  'stop',
  'seed',
  'frequencyPenalty',
  'presencePenalty',
  'modalities',
  'audio',
] as const;

/** @internal The body of `POST /responses` for a conversation; only what was set is sent. */
export function toResponsesRequest(
  messages: readonly AnyMessage[],
  options: OpenAICallOptions,
  compat: KnownCompat,
  context: { readonly provider: string; readonly rules: CallRules },
): Json {
  for (const name of ABSENT)
    if (options[name] !== undefined)
      throw new TypeError(
        `${name} is no option of the Responses API, got ${describeValue(options[name])}. Use api: 'chat'`,
      );
  const { reasoning, store } = options;
  const { format, ...rest } = { format: toFormat(options.responseFormat, compat) };
  const body: Json = {
    model: options.model,
    input: toInputItems(messages, context),
    stream: true,
    max_output_tokens: options.maxTokens,
    temperature: options.temperature,
    top_p: options.topP,
    top_logprobs: options.topLogprobs,
    tools: readTools(options.tools)?.map((tool) => {
      if ('own' in tool) return tool.own;
      const { name, description, parameters, strict = false } = tool;
      // The server's default is a strict schema, which most schemas are not.
      return withoutUndefined({ type: 'function', name, description, parameters, strict });
    }),
    tool_choice: toToolChoice(options.toolChoice),
    parallel_tool_calls: options.parallelToolCalls,
    reasoning:
      reasoning === undefined
        ? undefined
        : withoutUndefined({ effort: effortOf(reasoning), summary: reasoning.summary }),
    text:
      format === undefined && options.verbosity === undefined
        ? undefined
        : withoutUndefined({ format, verbosity: options.verbosity }),
    // What the server does not keep has to go back with the next request.
    include: includes(options),
    store,
    previous_response_id: options.previousResponseId,
    service_tier: options.serviceTier,
    prompt_cache_key: options.promptCacheKey,
    ...rest,
    ...options.invocationKwargs,
  };
  return withoutUndefined(body);
}

function includes({ store, logprobs }: OpenAICallOptions): readonly string[] | undefined {
  const included = [
    ...(store === false ? ['reasoning.encrypted_content'] : []),
    ...(logprobs === true ? ['message.output_text.logprobs'] : []),
  ];
  return included.length === 0 ? undefined : included;
}

function toToolChoice(choice: unknown): unknown {
  if (typeof choice !== 'string') return choice;
  if (choice === 'any') return 'required';
  return choice === 'auto' || choice === 'none' || choice === 'required'
    ? choice
    : { type: 'function', name: choice };
}
