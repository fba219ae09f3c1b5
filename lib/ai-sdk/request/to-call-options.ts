import { describeValue } from '../../core/internal/describe-value.js';
import { isRecord } from '../../core/internal/is-record.js';
import { withoutUndefined } from '../../core/internal/without-undefined.js';
import { readTools } from '../../http/decoder/function-tools.js';
import { type Json, nonEmpty } from '../../http/decoder/json.js';
import { effortOf } from '../../models/reasoning.js';
import { toJsonSchema } from '../../tools/to-json-schema.js';
import type { AiSdkCallOptions } from '../ai-sdk-options.js';
import type { Version } from './to-file-part.js';

/** @internal The options of `doStream` beside its prompt and its signal; only what was set is said. */
export function toCallOptions(options: AiSdkCallOptions, version: Version): Json {
  const { headers, reasoning } = options;
  if (reasoning !== undefined && version !== 'v4')
    throw new TypeError(
      `reasoning needs a model of specification v4, this one is of ${version}: use providerOptions, e.g. { openai: { reasoningEffort: 'low' } }`,
    );
  const tools = toTools(options.tools, version);
  return withoutUndefined({
    maxOutputTokens: options.maxTokens,
    temperature: options.temperature,
    stopSequences: options.stop,
    topP: options.topP,
    topK: options.topK,
    seed: options.seed,
    presencePenalty: options.presencePenalty,
    frequencyPenalty: options.frequencyPenalty,
    responseFormat: toFormat(options.responseFormat),
    tools,
    toolChoice: tools === undefined ? undefined : toToolChoice(options.toolChoice),
    reasoning: reasoning === undefined ? undefined : effortOf(reasoning),
    headers:
      headers === undefined
        ? undefined
        : Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [name, value ?? undefined]),
          ),
    providerOptions: options.providerOptions,
  });
}

function toFormat(format: AiSdkCallOptions['responseFormat']): Json | undefined {
  if (format === undefined || format.type === 'text') return undefined;
  if (format.type !== 'json_schema') return { type: 'json' };
  const { schema, name } = format;
  return withoutUndefined({
    type: 'json',
    schema: toJsonSchema(schema, 'the schema of responseFormat'),
    name,
  });
}

function toTools(tools: AiSdkCallOptions['tools'], version: Version): readonly Json[] | undefined {
  return readTools(tools)?.map((tool) => {
    if ('own' in tool) return toProviderTool(tool.own, version);
    const { name, description, parameters, strict } = tool;
    return withoutUndefined({
      type: 'function',
      name,
      description,
      inputSchema: parameters,
      strict: version === 'v2' ? undefined : strict,
    });
  });
}

/** A tool that the provider's package has made: `anthropic.tools.webSearch_20250305()`. */
function toProviderTool({ type, id, name, args }: Json, version: Version): Json {
  if ((type !== 'provider' && type !== 'provider-defined') || typeof id !== 'string')
    throw new TypeError(
      `a model of the AI SDK has no tool of type ${describeValue(type)}: take one of its provider's package`,
    );
  return {
    type: version === 'v2' ? 'provider-defined' : 'provider',
    id,
    name: nonEmpty(name) ?? id.slice(id.indexOf('.') + 1),
    args: isRecord(args) ? args : {},
  };
}

function toToolChoice(choice: unknown): unknown {
  if (typeof choice !== 'string') return choice;
  if (choice === 'auto' || choice === 'none') return { type: choice };
  if (choice === 'any' || choice === 'required') return { type: 'required' };
  return { type: 'tool', toolName: choice };
}
