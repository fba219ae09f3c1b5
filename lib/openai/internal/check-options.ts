import { warnOfPlainHttp } from '../../http/internal/plain-http.js';
import { describeValue } from '../../core/internal/describe-value.js';
import { readSettings } from '../../http/call-settings.js';
import { checkNames } from '../../models/internal/check-names.js';
import { checkHeaders } from '../../models/internal/model-options.js';
import { checkReasoning } from '../../models/reasoning.js';
import { CALL_OPTION_RULES } from './call-option-rules.js';
import type { OpenAICallOptions, OpenAIOptions } from '../openai-options.js';
import { isRecord } from '../../core/internal/is-record.js';

const CALL_NAMES = Object.keys(CALL_OPTION_RULES);
const CONSTRUCTOR_NAMES: readonly (keyof OpenAIOptions)[] = [
  'apiKey',
  'baseURL',
  'api',
  'useResponsesApi',
  'organization',
  'project',
  'apiVersion',
  'provider',
  'compat',
  'extractReasoning',
  'fetch',
  'listeners',
  'raw',
  'transport',
  'maxRetries',
  'timeouts',
  'limits',
];

/** What options are called by LangChain, the `openai` SDK and the API itself. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  openAIApiKey: 'use apiKey',
  configuration: 'use baseURL, headers, fetch and organization',
  basePath: 'use baseURL',
  azureOpenAIApiKey: "use apiKey, with Azure's address as baseURL",
  azureOpenAIApiVersion: 'use apiVersion',
  azureOpenAIApiInstanceName: "use baseURL: 'https://NAME.openai.azure.com/openai/v1'",
  azureOpenAIApiDeploymentName: 'use model',
  azureADTokenProvider: 'use apiKey, which may be a function',
  modelKwargs: 'use invocationKwargs',
  user: 'use invocationKwargs: { safety_identifier: … }',
  n: 'use batch: a message has one answer',
  reasoningEffort: 'use reasoning: { effort }',
  reasoning_effort: 'use reasoning: { effort }',
  response_format: 'use responseFormat',
  top_p: 'use topP',
  max_tokens: 'use maxTokens',
  top_logprobs: 'use topLogprobs',
  tool_choice: 'use toolChoice',
  parallel_tool_calls: 'use parallelToolCalls',
  service_tier: 'use serviceTier',
  previous_response_id: 'use previousResponseId',
  zdrEnabled: 'use store: false',
  strict: 'say it of each tool',
  supportsStrictToolCalling: 'use compat: { strictTools }',
  defaultHeaders: 'use headers',
};

const IN_A_CALL = {
  ...ELSEWHERE,
  ...Object.fromEntries(CONSTRUCTOR_NAMES.map((name) => [name, 'say it in the constructor'])),
};

/** @internal Throws a `TypeError` that names the call option and its value where one is invalid or does not exist. */
export function checkCallOptions(options: Partial<OpenAICallOptions>, who: string): void {
  checkNames(options, CALL_NAMES, who, IN_A_CALL);
  for (const [name, [is, wanted]] of Object.entries(FORMS)) {
    const value = options[name as keyof OpenAICallOptions];
    if (value !== undefined && !is(value)) throw invalid(name, value, wanted);
  }
  checkReasoning(options.reasoning);
  checkHeaders(options.headers);
}

/** @internal Throws a `TypeError` that names the option and its value where one is invalid or does not exist. */
export function checkOptions(options: OpenAIOptions): void {
  if (!isRecord(options))
    throw new TypeError(`ChatOpenAI takes an object of options, got ${describeValue(options)}`);
  checkNames(options, [...CALL_NAMES, ...CONSTRUCTOR_NAMES], 'ChatOpenAI', ELSEWHERE);
  const own = Object.entries(options).filter(([name]) => CALL_NAMES.includes(name));
  checkCallOptions(Object.fromEntries(own), 'ChatOpenAI');
  const { model, apiKey, api, baseURL, fetch, compat, provider } = options;
  if (!isName(model)) throw invalid('model', model, "a model's name");
  // Its value is never shown.
  if (apiKey !== undefined && typeof apiKey !== 'string' && typeof apiKey !== 'function')
    throw new TypeError('apiKey must be a string or a function that returns one');
  if (!['chat', 'responses', undefined].includes(api))
    throw invalid('api', api, "'chat' or 'responses'");
  if (provider !== undefined && !isName(provider)) throw invalid('provider', provider, 'a name');
  if (fetch !== undefined && typeof fetch !== 'function')
    throw invalid('fetch', fetch, 'a function');
  if (compat !== undefined && !isRecord(compat)) throw invalid('compat', compat, 'an object');
  const { extractReasoning: tags, raw } = options;
  if (tags !== undefined && typeof tags !== 'boolean' && !isRecord(tags))
    throw invalid('extractReasoning', tags, 'true, false or { startsInside }');
  const isResponses = api === undefined ? options.useResponsesApi === true : api === 'responses';
  if (isResponses && tags !== undefined && tags !== false)
    throw new TypeError(
      'extractReasoning is an option of Chat Completions: the Responses API says what is reasoning',
    );
  if (raw !== undefined && typeof raw !== 'boolean') throw invalid('raw', raw, 'true or false');
  readSettings(options);
  if (baseURL !== undefined) {
    checkBaseURL(baseURL);
    warnOfPlainHttp(baseURL, 'ChatOpenAI');
  }
  const isBrowser =
    (globalThis as { window?: { document?: unknown } }).window?.document !== undefined;
  if (isBrowser && isName(apiKey))
    throw new TypeError(
      'ChatOpenAI in a browser shows its API key to everybody who looks. Call the model on a server and stream from there, ' +
        'or pass a function that returns a short-lived key',
    );
}

/** @internal Throws a `TypeError` for an address that is none, has credentials or a query, wherever it comes from. */
export function checkBaseURL(baseURL: string): void {
  const url = URL.canParse(baseURL) ? new URL(baseURL) : undefined;
  // An address with credentials is not shown.
  if (url !== undefined && (url.username !== '' || url.password !== ''))
    throw new TypeError('baseURL must not carry credentials: use apiKey');
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw invalid('baseURL', baseURL, 'an http or https URL');
  if (url.search !== '' || url.hash !== '')
    throw new TypeError(
      "baseURL must not have a query or a fragment: Azure's api-version is apiVersion",
    );
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
  seed: [(value) => Number.isInteger(value), 'a whole number'],
  frequencyPenalty: NUMBER,
  presencePenalty: NUMBER,
  topLogprobs: COUNT,
  logprobs: FLAG,
  parallelToolCalls: FLAG,
  store: FLAG,
  streamUsage: FLAG,
  reasoning: RECORD,
  responseFormat: RECORD,
  audio: RECORD,
  invocationKwargs: RECORD,
  tools: [Array.isArray, 'an array of tools'],
  modalities: [Array.isArray, 'an array of names'],
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
