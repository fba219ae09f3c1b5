import type { AnyMessage } from '../messages/any-message.js';
import type { SystemMessage } from '../messages/system-message.js';
import type { AnthropicCallOptions, OutputConfig } from './anthropic-options.js';
import { toContent } from './to-content.js';
import { toStrictSchema } from './to-strict-schema.js';
import { toRequestMessages } from './to-request-messages.js';
import { toToolChoice, toToolParam } from './to-tool-param.js';

/** What is sent: the body of `POST /v1/messages`, and headers beside the client's own. */
export interface AnthropicRequest {
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | null>>;
}

const DEFAULT_MAX_TOKENS = 4096;

/**
 * @internal The request for a conversation. Content goes as it came: thinking, signatures and encrypted fields byte for
 * byte; only what rxlm added for streaming (`index`) is taken off.
 */
export function toRequest(
  messages: readonly AnyMessage[],
  options: AnthropicCallOptions,
): AnthropicRequest {
  const { system, rest } = splitSystem(messages);
  const body = {
    model: options.model,
    max_tokens: options.maxTokens ?? DEFAULT_MAX_TOKENS,
    system,
    messages: toRequestMessages(rest),
    temperature: options.temperature,
    top_p: options.topP,
    top_k: options.topK,
    stop_sequences: options.stop,
    thinking: options.thinking,
    tools: options.tools?.map(toToolParam),
    tool_choice: toToolChoice(options.toolChoice),
    output_config: toOutputConfig(options.outputConfig),
    cache_control: options.cacheControl,
    ...options.invocationKwargs,
    stream: true,
  };
  const betas = options.betas?.join(',') ?? '';
  return {
    body: Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)),
    headers: { ...(betas === '' ? {} : { 'anthropic-beta': betas }), ...options.headers },
  };
}

/** Leading system messages are the request's `system`; later ones stay where they were said. */
function splitSystem(messages: readonly AnyMessage[]): {
  system: unknown;
  rest: readonly AnyMessage[];
} {
  const first = messages.findIndex(({ type }) => type !== 'system');
  const count = first === -1 ? messages.length : first;
  const leading = messages.slice(0, count) as readonly SystemMessage[];
  const [only] = leading;
  const system =
    leading.length <= 1
      ? only && toContent(only.content)
      : leading.flatMap(({ content }) =>
          typeof content === 'string'
            ? [{ type: 'text', text: content }]
            : (toContent(content) as object[]),
        );
  return { system, rest: messages.slice(count) };
}

function toOutputConfig(config: OutputConfig | undefined): unknown {
  if (config?.format === undefined) return config;
  return { ...config, format: { ...config.format, schema: toStrictSchema(config.format.schema) } };
}
