import { describeValue } from '../core/describe-value.js';
import type { AnthropicLimits, AnthropicOptions, AnthropicTimeouts } from './anthropic-options.js';

export const DEFAULT_TIMEOUTS: Record<keyof AnthropicTimeouts, number> = {
  headers: 30_000,
  idle: 60_000,
  content: 300_000,
  total: Infinity,
};

const MB = 1_000_000;

export const DEFAULT_LIMITS: Record<keyof AnthropicLimits, number> = {
  event: 8 * MB,
  response: 64 * MB,
  toolJson: 4 * MB,
  toolJsonDepth: 256,
};

/** @internal The defaults with what is given in their place; `undefined` gives nothing. */
export function withDefaults<T extends Record<string, number>>(
  defaults: T,
  given: { readonly [K in keyof T]?: number | undefined } | undefined,
): T {
  return {
    ...defaults,
    ...Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined)),
  };
}

/** @internal Throws a `TypeError` that names the option and its value where one cannot be meant. */
export function checkOptions(options: AnthropicOptions): void {
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null) {
    throw new TypeError(`ChatAnthropic takes an object of options, got ${describeValue(options)}`);
  }
  const { model, apiKey, baseURL, maxTokens, maxRetries, client, clientOptions } = options;
  check('model', model, typeof model === 'string' && model !== '', "a model's name");
  // Never shown, whatever it is.
  if (apiKey !== undefined && typeof apiKey !== 'string' && typeof apiKey !== 'function') {
    throw new TypeError('apiKey must be a string or a function that gives one');
  }
  check(
    'maxTokens',
    maxTokens,
    maxTokens === undefined || (Number.isInteger(maxTokens) && maxTokens >= 0),
    'a whole number',
  );
  check(
    'maxRetries',
    maxRetries,
    maxRetries === undefined || (Number.isInteger(maxRetries) && maxRetries >= 0),
    'a whole number',
  );
  for (const [group, values] of Object.entries({
    timeouts: options.timeouts,
    limits: options.limits,
  })) {
    for (const [name, value] of Object.entries(values ?? {})) {
      check(
        `${group}.${name}`,
        value,
        value === undefined || (typeof value === 'number' && value > 0),
        'a number above 0',
      );
    }
  }
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
  // Plain http and private addresses are people's own gateways.
  const ok = url?.protocol === 'https:' || url?.protocol === 'http:';
  check('baseURL', baseURL, ok, 'an http or https URL');
}

function check(name: string, value: unknown, ok: boolean, wanted: string): void {
  if (!ok) throw new TypeError(`${name} must be ${wanted}, got ${describeValue(value)}`);
}

function isBrowser(): boolean {
  const { window } = globalThis as { window?: { document?: unknown } };
  return window?.document !== undefined;
}
