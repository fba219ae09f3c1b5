import { byKey, headersByName, union } from '../../models/merge-call-options.js';
import type { AnthropicCallOptions, OutputConfig } from '../anthropic-options.js';
import { mergeFields } from '../internal/call-option-rules.js';
import { checkRequestFields } from './check-request-fields.js';
import { defaultMaxTokens } from './default-max-tokens.js';
import { toStrictSchema } from './to-strict-schema.js';
import { toToolChoice, toToolParams } from './to-tool-param.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * @internal The fields of a request beside its conversation. Throws a `TypeError` for options that the API is known to
 * refuse together, which names both.
 */
export function toRequestFields(options: AnthropicCallOptions): Fields {
  const { invocationKwargs = {} } = options;
  const tools = toToolParams(options.tools ?? []);
  const made = defined({
    model: options.model,
    temperature: options.temperature,
    top_p: options.topP,
    top_k: options.topK,
    stop_sequences: options.stop,
    thinking: toThinking(options.thinking),
    tools: tools.length === 0 ? undefined : tools,
    tool_choice: toToolChoice(options.toolChoice),
    output_config: toOutputConfig(options.outputConfig),
    cache_control: options.cacheControl,
  });
  const fields = defined(mergeFields(made, invocationKwargs));
  const {
    max_tokens = options.maxTokens ?? defaultMaxTokens(fields['model'], fields['thinking']),
  } = fields;
  const complete = { ...withoutIdleChoice(fields), max_tokens };
  checkRequestFields(complete, betasOf(options));
  return complete;
}

/** @internal The headers of a request: those of the options, and betas from wherever they are said. */
export function toRequestHeaders(
  options: AnthropicCallOptions,
): Readonly<Record<string, string | null>> {
  const betas = betasOf(options).join(',');
  const headers = headersByName({}, options.headers ?? {});
  if (betas === '') return headers;
  const others = Object.entries(headers).filter(([name]) => name.toLowerCase() !== BETA);
  return { [BETA]: betas, ...Object.fromEntries(others) };
}

const BETA = 'anthropic-beta';

/** In the option, and in a header of one's own. */
function betasOf({ betas = [], headers = {} }: AnthropicCallOptions): readonly string[] {
  const said = Object.entries(headers).filter(([name]) => name.toLowerCase() === BETA);
  return union(
    betas,
    said.flatMap(([, value]) => splitBetas(value)),
  );
}

/** @internal The names in a value of the `anthropic-beta` header. */
export function splitBetas(value: string | null | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((beta) => beta.trim())
    .filter((beta) => beta !== '');
}

/** Fields of another type remain when options merge: the API takes none that is not the type's. */
function toThinking(thinking: AnthropicCallOptions['thinking']): Fields | undefined {
  if (thinking === undefined) return undefined;
  const { budget_tokens, ...rest } = thinking as unknown as Fields;
  if (rest['type'] === 'disabled') return { type: 'disabled' };
  return rest['type'] === 'adaptive' ? rest : defined({ ...rest, budget_tokens });
}

function toOutputConfig(config: OutputConfig | undefined): Fields | undefined {
  if (config?.format === undefined) return config;
  return byKey(config as Fields, {
    format: { ...config.format, schema: toStrictSchema(config.format.schema) },
  });
}

/** The API takes a choice only beside tools. That none need be called, or none may, goes without saying where there are none. */
function withoutIdleChoice(fields: Fields): Fields {
  const { tools, tool_choice: choice, ...rest } = fields;
  const { type } = Object(choice) as Fields;
  const isIdle = tools === undefined && (type === 'auto' || type === 'none');
  return isIdle ? rest : fields;
}

function defined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
