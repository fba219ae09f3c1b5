import type { SchedulerLike } from 'rxjs';
import { ModelError } from '../errors/model-error.js';
import type { AnthropicClient } from './anthropic-options.js';
import { readErrorBody } from './read-error-body.js';
import type { AnthropicRequest } from './to-request.js';
import { retryAfterOf } from '../event-stream/retry-after.js';
import type { Secrets } from '../event-stream/secrets.js';
import { safeCause } from './safe-cause.js';
import { modelError, providerError } from './to-model-error.js';
import { webResponse } from './web-response.js';

/** The bodies of responses that are refused are read no further, and not for long. */
const MAX_REFUSED_BYTES = 64 * 1024;
const MAX_REFUSED_MS = 1000;
const MAX_SAMPLE = 1024;

export interface OpenOptions {
  readonly signal: AbortSignal;
  /** Milliseconds until the SDK gives up on the response's head. */
  readonly timeout: number;
  readonly scheduler: SchedulerLike;
  readonly secrets: Secrets;
}

/**
 * @internal Sends a request through the SDK, which brings authentication and headers, and gives the response if it is
 * an event stream. Everything else is a typed error: the provider's refusal, a redirect, another content type,
 * no connection. The SDK's own retries are off.
 */
export async function openResponse(
  client: AnthropicClient,
  request: AnthropicRequest,
  { signal, timeout, scheduler, secrets }: OpenOptions,
): Promise<Response> {
  let refusal: ModelError | undefined;
  // Not `messages.create`, which sends the same, but prints to the console what it thinks of some models.
  const response = await client
    .post('/v1/messages', {
      body: request.body,
      stream: true,
      maxRetries: 0,
      timeout,
      headers: request.headers,
      fetchOptions: { redirect: 'manual' },
      middleware: [
        async (sent, next) => {
          // However it came by them.
          secrets.addSentHeaders(sent.headers);
          if (signal.aborted) throw signal.reason;
          // Given to the SDK, it would be bound to a controller of the SDK's, which keeps an aborted response for ever.
          const answer = await webResponse(await next({ ...sent, signal }));
          if (answer.ok) return answer;
          // Read here, and not by the SDK: it would take a body of any size for the error's message.
          refusal = await refusalOf(answer, scheduler, secrets);
          return new Response(null, { status: answer.status === 0 ? 502 : answer.status });
        },
      ],
    })
    .asResponse()
    .catch((error: unknown) => {
      throw refusal ?? (ModelError.is(error) ? error : connectionError(error, secrets));
    });
  const type = response.headers.get('content-type') ?? '';
  if (/^text\/event-stream\s*([;,]|$)/i.test(type)) return response;
  const sample = secrets.scrub(await readRefused(response, scheduler)).slice(0, MAX_SAMPLE);
  throw modelError(
    'content_type',
    `expected an event stream, got ${type === '' ? 'no content type' : secrets.scrub(type).slice(0, 100)} (${String(response.status)}). ` +
      `Check the base URL. The body begins: ${sample}`,
    { status: response.status },
  );
}

async function refusalOf(
  response: Response,
  scheduler: SchedulerLike,
  secrets: Secrets,
): Promise<ModelError> {
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
  const body = readErrorBody(await readRefused(response, scheduler), secrets);
  const requestId = headers.get('request-id');
  return providerError({
    ...body,
    ...(requestId === null ? {} : { requestId: secrets.scrub(requestId) }),
    status,
    retryAfterMs: retryAfterOf(headers, Date.now()),
    shouldRetry: SHOULD_RETRY.get(headers.get('x-should-retry') ?? ''),
  });
}

const SHOULD_RETRY: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

async function readRefused(response: Response, scheduler: SchedulerLike): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  // What has come of it says enough, and that the rest is missing is not what went wrong.
  const cancel = () => reader.cancel().catch(() => undefined);
  const timer = scheduler.schedule(() => void cancel(), MAX_REFUSED_MS);
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (let left = MAX_REFUSED_BYTES; left > 0;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value.subarray(0, left), { stream: true });
      left -= value.byteLength;
    }
  } catch {
    // It broke off.
  }
  timer.unsubscribe();
  await cancel();
  return text;
}

function connectionError(error: unknown, secrets: Secrets): ModelError {
  const root = rootCause(error);
  const { name, message, code } = root as { name?: string; message?: string; code?: unknown };
  const why = typeof code === 'string' ? code : secrets.scrub(message || String(root));
  // The platform quotes it, whatever it is.
  const shown = why.includes('header value') ? 'a header has a value that cannot be sent' : why;
  // The SDK names so what `fetch` failed with; anything else it refused to send.
  return (error as { name?: string }).name?.startsWith('APIConnection') === true
    ? modelError('connection', `no connection (${why}). Check the network and the base URL`, {
        retryable: true,
        cause: safeCause(root, secrets),
      })
    : modelError(
        'invalid_request',
        `the request could not be sent (${name ?? 'Error'}: ${shown})`,
        {
          cause: shown === why ? safeCause(root, secrets) : undefined,
        },
      );
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
