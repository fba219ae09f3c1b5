import Anthropic from '@anthropic-ai/sdk';
import type { AnthropicOptions } from './anthropic-options.js';
import { checkBaseURL } from './check-options.js';
import { httpFetch } from './http-fetch.js';
import type { Secrets } from '../event-stream/secrets.js';
import { modelError } from './to-model-error.js';

/** Other ways than a key to authenticate, which the SDK knows. */
const OTHER_CREDENTIALS = ['authToken', 'credentials', 'config', 'profile'] as const;

/**
 * @internal The client that sends a model's requests, made when the first one is. It prints nothing and does not retry;
 * what it authenticates with is noted as secret.
 */
export function clientOf(options: AnthropicOptions, secrets: Secrets): Anthropic {
  const { client, clientOptions = {} } = options;
  if (client !== undefined) {
    secrets.add(client.apiKey);
    secrets.add(client.authToken);
    return client;
  }
  const other = OTHER_CREDENTIALS.some((name) => (clientOptions[name] ?? undefined) !== undefined);
  const apiKey = other ? undefined : apiKeyOf(options, secrets);
  const made = new Anthropic({
    logLevel: 'off',
    fetch: httpFetch,
    ...clientOptions,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(options.baseURL === undefined ? {} : { baseURL: options.baseURL }),
    maxRetries: 0,
  });
  secrets.add(made.authToken);
  // It may have come from the environment.
  checkBaseURL(made.baseURL);
  return made;
}

function apiKeyOf(
  { apiKey }: AnthropicOptions,
  secrets: Secrets,
): string | (() => Promise<string>) {
  if (typeof apiKey === 'function') {
    return async () => {
      const key = await apiKey();
      secrets.add(key);
      return key;
    };
  }
  const key = apiKey ?? environment('ANTHROPIC_API_KEY') ?? '';
  if (key.trim() === '') {
    throw modelError('unauthorized', 'no API key. Pass apiKey, or set ANTHROPIC_API_KEY');
  }
  secrets.add(key);
  return key;
}

/** There is no environment in a browser or a worker. */
function environment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.[name];
}
