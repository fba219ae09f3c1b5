import Anthropic, { type BaseAnthropic } from '@anthropic-ai/sdk';
import type { AnthropicClient, AnthropicOptions } from '../anthropic-options.js';
import { checkBaseURL } from '../internal/check-options.js';
import type { Secrets } from '../../http/secrets.js';
import { modelError } from '../internal/errors.js';
import { environment } from '../../core/internal/environment.js';

/** Other ways than a key to authenticate, which the SDK knows. */
const OTHER_CREDENTIALS = ['authToken', 'credentials', 'config', 'profile'] as const;

/** What a header says of authentication is the caller's own, also that there is none. */
const CREDENTIAL_HEADER = /^(authorization|x-api-key)$/i;

/** Options of the client that say what a request is, and not how it is sent. */
const REQUEST_OPTIONS: ReadonlySet<string> = new Set([
  'authToken',
  'dangerouslyAllowBrowser',
  'defaultHeaders',
  'defaultQuery',
]);

type Headers = Readonly<Record<string, unknown>>;

/**
 * @internal The client that sends a model's requests, made when the first one is. It prints nothing and does not retry;
 * what it authenticates with is noted as secret.
 */
export function clientOf(options: AnthropicOptions, secrets: Secrets): AnthropicClient {
  const { client, clientOptions = {} } = options;
  if (client !== undefined) {
    secrets.add(client.apiKey);
    secrets.add(client.authToken);
    return client;
  }
  secrets.addHeaders(Object.entries(defaultHeadersOf(options)));
  const made = new Anthropic({
    logLevel: 'off',
    // Looked up at each request: it may be replaced later.
    fetch: (input, init) => globalThis.fetch(input, init),
    ...clientOptions,
    ...credentialsOf(options, secrets),
    ...(options.baseURL === undefined ? {} : { baseURL: options.baseURL }),
    maxRetries: 0,
  });
  secrets.add(made.authToken);
  // It may have come from the environment.
  checkBaseURL(made.baseURL);
  return made;
}

/**
 * @internal Whether the client only has to make the requests, which are then sent without it: it is rxlm's own, and its options
 * do not concern the sending.
 */
export function isRequestMaker(
  made: AnthropicClient,
  { client, clientOptions = {} }: AnthropicOptions,
): made is AnthropicClient & Pick<BaseAnthropic, 'buildRequest'> {
  return (
    client === undefined &&
    'buildRequest' in made &&
    Object.entries(clientOptions).every(
      ([name, value]) => value === undefined || REQUEST_OPTIONS.has(name),
    )
  );
}

/** @internal Throws a `ModelError` for a request with these headers if nothing says how to authenticate. */
export function checkCredentials(options: AnthropicOptions, headers: Headers): void {
  const { apiKey, client } = options;
  if (client !== undefined || (apiKey !== undefined && !isBlank(apiKey)) || apiKey === '') return;
  if (hasOther(options) || hasCredential(headers) || hasCredential(defaultHeadersOf(options)))
    return;
  if (fromEnvironment() !== undefined) return;
  throw modelError(
    'unauthorized',
    'no API key. Pass apiKey, or set ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN',
  );
}

function credentialsOf(options: AnthropicOptions, secrets: Secrets): object {
  const { apiKey, headers = {} } = options;
  if (hasOther(options)) return {};
  if (typeof apiKey === 'function') {
    const noted = async () => {
      const key = await apiKey();
      secrets.add(key);
      return key;
    };
    return { apiKey: noted };
  }
  const own = defaultHeadersOf(options);
  const isOwn = apiKey === undefined && (hasCredential(headers) || hasCredential(own));
  const given = isBlank(apiKey) ? undefined : { apiKey };
  const found = apiKey === '' || isOwn ? undefined : (given ?? fromEnvironment());
  if (found === undefined) {
    // The SDK wants some, and looks for others where there are none: it sends no header that is null.
    return { apiKey: '', defaultHeaders: { authorization: null, ...own } };
  }
  Object.values(found).forEach((value) => {
    secrets.add(value);
  });
  return found;
}

function hasOther({ clientOptions = {} }: AnthropicOptions): boolean {
  return OTHER_CREDENTIALS.some((name) => (clientOptions[name] ?? undefined) !== undefined);
}

function hasCredential(headers: Headers): boolean {
  return Object.entries(headers).some(
    ([name, value]) => value !== undefined && CREDENTIAL_HEADER.test(name),
  );
}

/** @internal The headers of all requests: they may be given as an object, as `Headers` or as pairs. */
export function defaultHeadersOf({ clientOptions }: AnthropicOptions): Headers {
  const headers: unknown = clientOptions?.defaultHeaders ?? {};
  return Symbol.iterator in Object(headers)
    ? Object.fromEntries(headers as Iterable<readonly [string, unknown]>)
    : (headers as Headers);
}

function fromEnvironment(): { apiKey: string } | { authToken: string } | undefined {
  const [apiKey, authToken] = ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN'].map(environment);
  if (apiKey !== undefined && !isBlank(apiKey)) return { apiKey };
  return authToken === undefined || isBlank(authToken) ? undefined : { authToken };
}

function isBlank(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && value.trim() === '');
}
