import { describeValue } from '../../core/internal/describe-value.js';
import { readSettings } from '../../http/call-settings.js';
import { checkNames } from '../../models/internal/check-names.js';
import { checkHeaders } from '../../models/internal/model-options.js';
import { checkReasoning } from '../../models/reasoning.js';
import type { AnthropicCallOptions, AnthropicOptions } from '../anthropic-options.js';
import { toCacheControl } from '../request/cache-control.js';
import { checkToolNames } from '../request/to-tool-param.js';
import { CALL_OPTION_RULES } from './call-option-rules.js';
import { isRecord } from '../../core/internal/is-record.js';

const CALL_NAMES = Object.keys(CALL_OPTION_RULES);
const CONSTRUCTOR_NAMES: readonly (keyof AnthropicOptions)[] = [
  'apiKey',
  'baseURL',
  'client',
  'clientOptions',
  'maxRetries',
  'timeouts',
  'limits',
  'raw',
  'transport',
];
// Not yet a key of the options' type.
const ALL_NAMES = [...CALL_NAMES, ...CONSTRUCTOR_NAMES, 'listeners'];

const asField = (name: string) => [name, `use invocationKwargs: { ${name}: … }`] as const;

/** What options are called by LangChain, the SDK and the API itself. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  anthropicApiKey: 'use apiKey',
  anthropicApiUrl: 'use baseURL',
  apiUrl: 'use baseURL',
  authToken: 'use clientOptions: { authToken }',
  fetch: 'use clientOptions: { fetch }',
  defaultHeaders: 'use headers',
  dangerouslyAllowBrowser: 'use clientOptions: { dangerouslyAllowBrowser }',
  effort: 'use reasoning: { effort }, or outputConfig: { effort }',
  response_format: 'use responseFormat',
  outputFormat: 'use responseFormat',
  output_format: 'use responseFormat',
  thinkingBudget: "use thinking: { type: 'enabled', budget_tokens: … }",
  budget_tokens: "use thinking: { type: 'enabled', budget_tokens: … }",
  system: 'begin the messages with a system message',
  contextManagement: 'use invocationKwargs: { context_management: … }',
  inferenceGeo: 'use invocationKwargs: { inference_geo: … }',
  serviceTier: 'use invocationKwargs: { service_tier: … }',
  mcpServers: 'use invocationKwargs: { mcp_servers: … }',
  ...Object.fromEntries(
    ['service_tier', 'container', 'mcp_servers', 'context_management', 'inference_geo'].map(
      asField,
    ),
  ),
};

const IN_A_CALL = {
  ...ELSEWHERE,
  ...Object.fromEntries(CONSTRUCTOR_NAMES.map((name) => [name, 'say it in the constructor'])),
  timeout: 'use timeouts in the constructor',
};

/** @internal Throws a `TypeError` that names the call option and its value where one is invalid or does not exist. */
export function checkCallOptions(options: AnthropicCallOptions, who: string): void {
  checkNames(options, CALL_NAMES, who, IN_A_CALL);
  checkCallValues(options);
}

function checkCallValues(options: AnthropicCallOptions): void {
  const { model, maxTokens, temperature, topP, topK, stop, tools, betas } = options;
  const { reasoning, responseFormat, thinking, outputConfig, invocationKwargs, cacheControl } =
    options;
  check('model', model, isAbsentOr(model, isName), "a model's name");
  check('maxTokens', maxTokens, isAbsentOr(maxTokens, isCount), 'a whole number');
  check('temperature', temperature, isAbsentOr(temperature, isAmount), 'a number from 0');
  check('topP', topP, isAbsentOr(topP, isShare), 'a number from 0 to 1');
  check('topK', topK, isAbsentOr(topK, isCount), 'a whole number');
  check('tools', tools, isAbsentOr(tools, Array.isArray), 'an array of tools');
  if (tools !== undefined) checkToolNames(tools);
  check('betas', betas, isAbsentOr(betas, isTexts), 'an array of names');
  // The API refuses those that are blank.
  check('stop', stop, isAbsentOr(stop, isTexts), 'an array of texts that are not blank');
  checkReasoning(reasoning);
  for (const [name, value] of Object.entries({
    responseFormat,
    thinking,
    outputConfig,
    invocationKwargs,
    cacheControl,
  })) {
    check(name, value, isAbsentOr(value, isRecord), 'an object');
  }
  const { type: thinks } = Object(thinking) as { type?: unknown };
  check('thinking.type', thinks, isAbsentOr(thinks, isThinking), THINKING.join(', '));
  const { effort } = Object(outputConfig) as { effort?: unknown };
  check('outputConfig.effort', effort, isAbsentOr(effort, isEffort), EFFORTS.join(', '));
  const { toolChoice } = options;
  check('toolChoice', toolChoice, isAbsentOr(toolChoice, isChoice), "a name or { type: 'auto' }");
  if (cacheControl !== undefined) toCacheControl(cacheControl, 'cacheControl');
  checkHeaders(options.headers);
}

/** @internal Throws a `TypeError` that names the option and its value where one is invalid or does not exist. */
export function checkOptions(options: AnthropicOptions): void {
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null) {
    throw new TypeError(`ChatAnthropic takes an object of options, got ${describeValue(options)}`);
  }
  checkNames(options, ALL_NAMES, 'ChatAnthropic', ELSEWHERE);
  checkCallValues(options);
  const { model, apiKey, baseURL, client, clientOptions } = options;
  check('model', model, isName(model), "a model's name");
  // Never shown, whatever it is.
  if (apiKey !== undefined && typeof apiKey !== 'string' && typeof apiKey !== 'function') {
    throw new TypeError('apiKey must be a string or a function that gives one');
  }
  readSettings(options);
  checkClient(client, options);
  if (baseURL !== undefined) checkBaseURL(baseURL);
  if (client === undefined && isBrowser() && clientOptions?.dangerouslyAllowBrowser !== true) {
    throw new TypeError(
      'ChatAnthropic in a browser shows its API key to whoever looks. Call the model on a server and stream from there, ' +
        'or set clientOptions.dangerouslyAllowBrowser',
    );
  }
}

/** @internal Throws a `TypeError` for an address that cannot be meant, wherever it comes from. */
export function checkBaseURL(baseURL: string): void {
  const url = URL.canParse(baseURL) ? new URL(baseURL) : undefined;
  // A URL with credentials is not shown.
  if (url !== undefined && (url.username !== '' || url.password !== '')) {
    throw new TypeError(
      'baseURL must not carry credentials: pass apiKey, or a client with its own authentication',
    );
  }
  // Plain http is how people's own gateways are reached.
  const ok = url?.protocol === 'https:' || url?.protocol === 'http:';
  check('baseURL', baseURL, ok, 'an http or https URL');
  // The path of each request is put behind it. Its value may be a key, and is not shown.
  if (url?.search !== '' || url.hash !== '') {
    throw new TypeError(
      'baseURL must not have a query or a fragment: use clientOptions: { defaultQuery: { … } }',
    );
  }
}

/** Its own client has all of these; that they are also said here would be ignored. */
function checkClient(client: unknown, options: AnthropicOptions): void {
  if (client === undefined) return;
  const isClient =
    typeof client === 'object' &&
    client !== null &&
    typeof (client as { post?: unknown }).post === 'function';
  check('client', client, isClient, 'a client of @anthropic-ai/sdk or of one of its platforms');
  for (const name of ['apiKey', 'baseURL', 'clientOptions'] as const) {
    if (options[name] !== undefined)
      throw new TypeError(`${name} is the client's where there is a client: say it to the client`);
  }
}

function check(name: string, value: unknown, ok: boolean, wanted: string): void {
  if (!ok) throw new TypeError(`${name} must be ${wanted}, got ${describeValue(value)}`);
}

function isBrowser(): boolean {
  const { window } = globalThis as { window?: { document?: unknown } };
  return window?.document !== undefined;
}

const THINKING = ['enabled', 'adaptive', 'between_tools', 'disabled'];
const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'];
const isThinking = (value: unknown) => THINKING.includes(value as string);
const isEffort = (value: unknown) => EFFORTS.includes(value as string);
const isChoice = (value: unknown) => typeof value === 'string' || isRecord(value);
const isAbsentOr = (value: unknown, ok: (value: unknown) => boolean) =>
  value === undefined || ok(value);
const isName = (value: unknown) => typeof value === 'string' && value !== '';
const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
// Of Claude from 0 to 1; other models behind the same API go further.
const isAmount = (value: unknown) => Number.isFinite(value) && (value as number) >= 0;
const isShare = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1;
const isTexts = (value: unknown) =>
  Array.isArray(value) && value.every((text) => typeof text === 'string' && text.trim() !== '');
