import { describeValue } from '../../core/internal/describe-value.js';
import { isRecord } from '../../core/internal/is-record.js';
import { readSettings } from '../../http/call-settings.js';
import { checkNames } from '../../models/internal/check-names.js';
import { checkHeaders } from '../../models/internal/model-options.js';
import { checkReasoning } from '../../models/reasoning.js';
import type { GoogleCallOptions, GoogleOptions } from '../google-options.js';
import { CALL_OPTION_RULES } from './call-option-rules.js';

const CALL_NAMES = Object.keys(CALL_OPTION_RULES);
const CONSTRUCTOR_NAMES: readonly (keyof GoogleOptions)[] = [
  'apiKey',
  'baseURL',
  'fetch',
  'listeners',
  'raw',
  'transport',
  'maxRetries',
  'timeouts',
  'limits',
];

/** What options are called by LangChain, the AI SDK and the API itself. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  baseUrl: 'use baseURL',
  authOptions: 'use apiKey, which may be a function that returns a token',
  accessToken: 'use apiKey, which may be a function that returns a token',
  vertexai: "use baseURL, with Vertex AI's address",
  project: "use baseURL, with Vertex AI's address",
  location: "use baseURL, with Vertex AI's address",
  thinkingConfig: 'use reasoning: { effort } or { budgetTokens }',
  thinkingBudget: 'use reasoning: { budgetTokens }',
  thinkingLevel: 'use reasoning: { effort }',
  maxReasoningTokens: 'use reasoning: { budgetTokens }',
  reasoningEffort: 'use reasoning: { effort }',
  responseMimeType: "use responseFormat: { type: 'json_object' }",
  responseSchema: "use responseFormat: { type: 'json_schema', schema }",
  responseJsonSchema: "use responseFormat: { type: 'json_schema', schema }",
  responseModalities: 'use modalities',
  generationConfig: 'use the options by their own names, or invocationKwargs: { generationConfig }',
  toolConfig: 'use toolChoice, or invocationKwargs: { toolConfig }',
  systemInstruction: 'use a system message',
  candidateCount: 'use batch: a message has one answer',
  apiVersion: 'use baseURL, which ends in the version',
};

/** @internal Throws a `TypeError` for options of a call that are none, or that could not be sent. */
export function checkCallOptions(options: Partial<GoogleCallOptions>, who: string): void {
  checkNames(options, CALL_NAMES, who, ELSEWHERE);
  for (const [name, value] of Object.entries(options)) {
    const [is, wanted] = FORMS[name] ?? [];
    if (value !== undefined && is?.(value) === false) throw invalid(name, value, wanted ?? '');
  }
  checkReasoning(options.reasoning);
  checkHeaders(options.headers);
}

/** @internal Throws a `TypeError` for an option that cannot be used, or that does not exist. */
export function checkOptions(options: GoogleOptions): void {
  if (!isRecord(options))
    throw new TypeError(`ChatGoogle takes an object of options, got ${describeValue(options)}`);
  checkNames(options, [...CALL_NAMES, ...CONSTRUCTOR_NAMES], 'ChatGoogle', ELSEWHERE);
  const own = Object.entries(options).filter(([name]) => CALL_NAMES.includes(name));
  checkCallOptions(Object.fromEntries(own), 'ChatGoogle');
  const { model, apiKey, baseURL, fetch, raw } = options;
  if (!isName(model)) throw invalid('model', model, "a model's name");
  // Its value is never shown.
  if (apiKey !== undefined && typeof apiKey !== 'string' && typeof apiKey !== 'function')
    throw new TypeError('apiKey must be a string or a function that returns a token');
  if (fetch !== undefined && typeof fetch !== 'function')
    throw invalid('fetch', fetch, 'a function');
  if (raw !== undefined && typeof raw !== 'boolean') throw invalid('raw', raw, 'true or false');
  readSettings(options);
  if (baseURL !== undefined) checkBaseURL(baseURL);
  const isBrowser =
    (globalThis as { window?: { document?: unknown } }).window?.document !== undefined;
  if (isBrowser && isName(apiKey))
    throw new TypeError(
      'ChatGoogle in a browser shows its API key to everybody who looks. Call the model on a server and stream from there, ' +
        'or pass a function that returns a short-lived token',
    );
}

/** @internal Throws a `TypeError` for an address that is none, has credentials or a query, wherever it comes from. */
export function checkBaseURL(baseURL: string): void {
  const url = URL.canParse(baseURL) ? new URL(baseURL) : undefined;
  // An address with credentials is not shown.
  if (url !== undefined && (url.username !== '' || url.password !== ''))
    throw new TypeError('baseURL must not carry credentials: use apiKey');
  if (url !== undefined && (url.search !== '' || url.hash !== ''))
    throw new TypeError('baseURL must not have a query or a fragment: a key is apiKey');
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw invalid('baseURL', baseURL, 'an http or https URL');
}

type Form = readonly [is: (value: unknown) => boolean, wanted: string];

const NUMBER: Form = [(value) => Number.isFinite(value), 'a number'];
const COUNT: Form = [
  (value) => Number.isInteger(value) && (value as number) >= 0,
  'a whole number',
];
const FLAG: Form = [(value) => typeof value === 'boolean', 'true or false'];
const RECORD: Form = [isRecord, 'an object'];
const NAME: Form = [isName, 'a non-empty string'];

const FORMS: Readonly<Record<string, Form>> = {
  model: NAME,
  maxTokens: COUNT,
  temperature: NUMBER,
  topP: NUMBER,
  topK: COUNT,
  seed: [(value) => Number.isInteger(value), 'a whole number'],
  frequencyPenalty: NUMBER,
  presencePenalty: NUMBER,
  topLogprobs: COUNT,
  logprobs: FLAG,
  streamFunctionCallArguments: FLAG,
  reasoning: RECORD,
  responseFormat: RECORD,
  invocationKwargs: RECORD,
  cachedContent: NAME,
  tools: [Array.isArray, 'an array of tools'],
  modalities: [Array.isArray, 'an array of names'],
  safetySettings: [Array.isArray, 'an array of settings'],
  stop: [
    (value) =>
      Array.isArray(value) && value.every((text) => typeof text === 'string' && text !== ''),
    'an array of texts',
  ],
};

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function invalid(name: string, value: unknown, wanted: string): TypeError {
  return new TypeError(`${name} must be ${wanted}, got ${describeValue(value)}`);
}
