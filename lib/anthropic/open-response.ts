import type Anthropic from '@anthropic-ai/sdk';
import { ModelError } from '../errors/model-error.js';
import type { AnthropicRequest } from './to-request.js';
import { retryAfterOf } from './retry-after.js';
import type { Secrets } from './secrets.js';
import { modelError, providerError } from './to-model-error.js';

/** Bodies of error responses are read no further. */
const MAX_ERROR_BODY = 64 * 1024;
const MAX_SAMPLE = 1024;

/**
 * @internal Sends a request through the SDK, which brings authentication and headers, and gives the response if it is
 * an event stream. Everything else is a typed error: the provider's refusal, a redirect, another content type,
 * no connection. The SDK's own retries are off.
 */
export async function openResponse(
  client: Anthropic,
  request: AnthropicRequest,
  options: { readonly signal: AbortSignal; readonly timeout: number; readonly secrets: Secrets },
): Promise<Response> {
  const { signal, timeout, secrets } = options;
  let refusal: ModelError | undefined;
  const response = await client.messages
    .create(request.body as unknown as Anthropic.MessageCreateParamsStreaming, {
      signal,
      maxRetries: 0,
      timeout,
      headers: request.headers,
      fetchOptions: { redirect: 'manual' },
      middleware: [
        async (sent, next) => {
          const answer = await next(sent);
          if (answer.ok) return answer;
          // Read here, and not by the SDK: it would take a body of any size for the error's message.
          refusal = await refusalOf(answer, secrets);
          return new Response(null, { status: answer.status === 0 ? 502 : answer.status });
        },
      ],
    })
    .asResponse()
    .catch((error: unknown) => {
      throw refusal ?? connectionError(error, secrets);
    });
  const type = response.headers.get('content-type') ?? '';
  if (/^text\/event-stream\s*(;|$)/i.test(type)) return response;
  const sample = await readSample(response, MAX_SAMPLE);
  throw modelError(
    'content_type',
    `expected an event stream, got ${type === '' ? 'no content type' : secrets.scrub(type).slice(0, 100)} (${String(response.status)}). ` +
      `Check the base URL. The body begins: ${secrets.scrub(sample)}`,
    { status: response.status },
  );
}

async function refusalOf(response: Response, secrets: Secrets): Promise<ModelError> {
  const { status, headers } = response;
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    await response.body?.cancel();
    return modelError(
      'redirect',
      `refused to follow a redirect (${String(status)}). Use the final address as baseURL`,
      {
        status,
      },
    );
  }
  const text = secrets.scrub(await readSample(response, MAX_ERROR_BODY));
  const shouldRetry = headers.get('x-should-retry');
  return providerError({
    ...readErrorBody(text),
    status,
    requestId: headers.get('request-id') ?? undefined,
    retryAfterMs: retryAfterOf(headers, Date.now()),
    shouldRetry: shouldRetry === null ? undefined : shouldRetry === 'true',
  });
}

/** @internal The provider's name and message for an error, from its JSON; of anything else the beginning of the text. */
export function readErrorBody(text: string): { type?: string; message?: string } {
  try {
    const { error } = JSON.parse(text) as { error?: { type?: unknown; message?: unknown } };
    return {
      ...(typeof error?.type === 'string' ? { type: error.type.slice(0, 100) } : {}),
      ...(typeof error?.message === 'string' ? { message: error.message } : {}),
    };
  } catch {
    return { message: text.slice(0, MAX_SAMPLE) };
  }
}

async function readSample(response: Response, maxBytes: number): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  try {
    while (size < maxBytes) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value.subarray(0, maxBytes - size), { stream: true });
      size += value.byteLength;
    }
  } catch {
    // What has come of it says enough; that the rest is missing is not what went wrong.
  }
  await reader.cancel().catch(() => undefined);
  return text;
}

function connectionError(error: unknown, secrets: Secrets): ModelError {
  const root = rootCause(error);
  const { name, message, code } = root as { name?: string; message?: string; code?: unknown };
  const why = typeof code === 'string' ? code : secrets.scrub(message ?? String(root));
  // The SDK names so what `fetch` failed with; anything else it refused to send.
  return (error as { name?: string }).name?.startsWith('APIConnection') === true
    ? modelError('connection', `no connection (${why}). Check the network and the base URL`, {
        retryable: true,
        cause: root,
      })
    : modelError('invalid_request', `the request could not be sent (${name ?? 'Error'}: ${why})`, {
        cause: root,
      });
}

/** What the platform says is wrong: the SDK and `fetch` wrap it, the latter once for each address it tried. */
function rootCause(error: unknown): unknown {
  let root = error;
  for (let depth = 0; depth < 10; depth += 1) {
    const { cause, errors } = (root ?? {}) as { cause?: unknown; errors?: readonly unknown[] };
    const inner = cause ?? errors?.[0];
    if (inner === undefined) break;
    root = inner;
  }
  return root ?? error;
}
