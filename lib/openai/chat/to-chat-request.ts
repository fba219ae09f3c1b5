import type { AnyMessage } from '../../messages/any-message.js';
import type { CallRules } from '../../messages/history/place-results.js';
import { isReasoningModel, type KnownCompat } from '../compat.js';
import type { Json } from '../../http/decoder/json.js';
import { toFormat } from '../internal/response-format.js';
import { readTools } from '../../http/decoder/function-tools.js';
import { effortOf, type Reasoning } from '../../models/reasoning.js';
import type { OpenAICallOptions } from '../openai-options.js';
import { toChatMessages } from './to-chat-messages.js';
import { withoutUndefined } from '../../core/internal/without-undefined.js';

/** @internal The body of `POST /chat/completions` for a conversation; only what was set is sent. */
export function toChatRequest(
  messages: readonly AnyMessage[],
  options: OpenAICallOptions,
  given: KnownCompat,
  context: { readonly provider: string; readonly rules: CallRules },
): Json {
  const isReasoning =
    isReasoningModel(options.model ?? '') && given.maxTokens === 'max_completion_tokens';
  const compat = isReasoning ? { ...given, systemRole: 'developer' as const } : given;
  const tools = readTools(options.tools);
  const format = toFormat(options.responseFormat, compat);
  const streamUsage = options.streamUsage ?? compat.streamUsage;
  const body: Json = {
    model: options.model,
    messages: toChatMessages(messages, compat, context),
    stream: true,
    stream_options: streamUsage ? { include_usage: true } : undefined,
    [compat.maxTokens]: options.maxTokens,
    temperature: options.temperature,
    top_p: options.topP,
    stop: options.stop,
    seed: options.seed,
    frequency_penalty: options.frequencyPenalty,
    presence_penalty: options.presencePenalty,
    logprobs: options.logprobs ?? (options.topLogprobs === undefined ? undefined : true),
    top_logprobs: options.topLogprobs,
    tools: tools?.map((tool) => {
      if ('own' in tool) return tool.own;
      const { name, description, parameters, strict } = tool;
      return {
        type: 'function',
        function: withoutUndefined({
          name,
          description,
          parameters,
          strict: strict === true || compat.strictTools ? strict : undefined,
        }),
      };
    }),
    tool_choice: toToolChoice(options.toolChoice, compat),
    parallel_tool_calls: tools === undefined ? undefined : options.parallelToolCalls,
    response_format:
      format?.['type'] === 'json_schema'
        ? { type: 'json_schema', json_schema: withoutType(format) }
        : format,
    ...toReasoning(options.reasoning, compat),
    verbosity: options.verbosity,
    modalities: options.modalities,
    audio: options.audio,
    service_tier: options.serviceTier,
    store: options.store,
    prompt_cache_key: options.promptCacheKey,
    ...options.invocationKwargs,
  };
  return withoutUndefined(body);
}

/** @internal `auto`, `any`, `none`, a tool's name, or the provider's own form. */
export function toToolChoice(choice: unknown, { toolChoiceAny }: KnownCompat): unknown {
  if (typeof choice !== 'string') return choice;
  if (choice === 'auto' || choice === 'none') return choice;
  if (choice === 'any' || choice === 'required') return toolChoiceAny;
  return { type: 'function', function: { name: choice } };
}

function toReasoning(reasoning: Reasoning | undefined, compat: KnownCompat): Json {
  if (reasoning === undefined) return {};
  const { effort, budgetTokens } = reasoning;
  if (compat.reasoning === 'reasoning')
    return { reasoning: withoutUndefined({ effort, max_tokens: budgetTokens }) };
  return { reasoning_effort: effortOf(reasoning) };
}

function withoutType({ type: _type, ...rest }: Json): Json {
  return rest;
}
