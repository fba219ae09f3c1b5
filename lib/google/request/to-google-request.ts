import { isRecord } from '../../core/internal/is-record.js';
import { withoutUndefined } from '../../core/internal/without-undefined.js';
import type { Json } from '../../http/decoder/json.js';
import type { AnyMessage } from '../../messages/any-message.js';
import type { CallRules } from '../../messages/history/place-results.js';
import { toJsonSchema } from '../../tools/to-json-schema.js';
import type { GoogleCallOptions } from '../google-options.js';
import { toContents } from './to-contents.js';
import { toThinkingConfig } from './to-thinking-config.js';
import { toTools } from './to-tools.js';

/** @internal The body of `streamGenerateContent` for a conversation; only what was set is sent. */
export function toGoogleRequest(
  messages: readonly AnyMessage[],
  options: GoogleCallOptions,
  { provider, rules }: { readonly provider: string; readonly rules: CallRules },
): Json {
  const { model = '', invocationKwargs = {} } = options;
  const { generationConfig, toolConfig, ...others } = invocationKwargs;
  const { contents, systemInstruction } = toContents(messages, {
    ...rules,
    provider,
    // Gemini 3 and later, also by the names that stand for the latest one.
    needsSignatures: /gemini-(?![12]\b)/.test(model),
  });
  const { tools, config } = toTools(options);
  const generation = { ...toGeneration(options, model), ...recordOf(generationConfig) };
  const calling = { ...config, ...recordOf(toolConfig) };
  return withoutUndefined({
    contents,
    systemInstruction,
    tools,
    toolConfig: orNothing(calling),
    generationConfig: orNothing(generation),
    safetySettings: options.safetySettings,
    cachedContent: options.cachedContent,
    serviceTier: options.serviceTier,
    ...others,
  });
}

function toGeneration(options: GoogleCallOptions, model: string): Json {
  const { topLogprobs, responseFormat: format } = options;
  return withoutUndefined({
    temperature: options.temperature,
    topP: options.topP,
    topK: options.topK,
    maxOutputTokens: options.maxTokens,
    stopSequences: options.stop,
    seed: options.seed,
    presencePenalty: options.presencePenalty,
    frequencyPenalty: options.frequencyPenalty,
    responseLogprobs: options.logprobs ?? (topLogprobs === undefined ? undefined : true),
    logprobs: topLogprobs,
    responseModalities: options.modalities,
    thinkingConfig: toThinkingConfig(options.reasoning, model),
    ...(format === undefined || format.type === 'text'
      ? {}
      : { responseMimeType: 'application/json' }),
    ...(format?.type === 'json_schema' ? { responseJsonSchema: toSchema(format.schema) } : {}),
  });
}

function toSchema(schema: Parameters<typeof toJsonSchema>[0]): Json {
  const { $schema: _schema, ...json } = toJsonSchema(schema, 'the schema of responseFormat');
  return json;
}

function recordOf(value: unknown): Json {
  return isRecord(value) ? value : {};
}

function orNothing(fields: Json): Json | undefined {
  const said = withoutUndefined(fields);
  return Object.keys(said).length === 0 ? undefined : said;
}
