import { headersByName, union } from '../../models/merge-call-options.js';
import type { AnthropicCallOptions, OutputConfig } from '../anthropic-options.js';
import { mergeFields } from '../internal/call-option-rules.js';
import { checkRequestFields } from './check-request-fields.js';
import { defaultMaxTokens } from './default-max-tokens.js';
import type { ResponseFormat } from '../../models/response-format.js';
import { toThinking } from './to-thinking.js';
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
  const { thinking, effort } = toThinking(options);
  const made = defined({
    model: options.model,
    temperature: options.temperature,
    top_p: options.topP,
    top_k: options.topK,
    stop_sequences: options.stop,
    thinking,
    tools: tools.length === 0 ? undefined : tools,
    tool_choice: toToolChoice(options.toolChoice),
    output_config: toOutputConfig(options.outputConfig, effort, options.responseFormat),
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

/** @internal The betas in the option, and in a header of one's own. */
export function betasOf({
  betas = [],
  headers = {},
}: Pick<AnthropicCallOptions, 'betas' | 'headers'>): readonly string[] {
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

function toOutputConfig(
  config: OutputConfig | undefined,
  effort: OutputConfig['effort'],
  responseFormat: ResponseFormat | undefined,
): Fields | undefined {
  const format = toFormat(config?.format, responseFormat);
  const { format: _format, effort: _effort, ...rest } = config ?? {};
  const fields = defined({ ...rest, effort, format });
  return config === undefined && Object.keys(fields).length === 0 ? undefined : fields;
}

function toFormat(
  own: OutputConfig['format'],
  said: ResponseFormat | undefined,
): Fields | undefined {
  if (said?.type === 'json_object')
    throw new TypeError(
      "responseFormat must have a schema for Claude, got { type: 'json_object' }: use { type: 'json_schema', schema }",
    );
  if (said?.type === 'json_schema')
    return { type: 'json_schema', schema: toStrictSchema(said.schema) };
  if (said !== undefined) return undefined;
  return own === undefined ? undefined : { ...own, schema: toStrictSchema(own.schema) };
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
