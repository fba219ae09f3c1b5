import type { SchedulerLike } from 'rxjs';
import { attempt } from '../../core/internal/try-or-undefined.js';
import type { ModelError } from '../../errors/model-error.js';
import { retryAfterOf } from './retry-after.js';
import type { Secrets } from '../secrets.js';
import type { ProviderErrors, ReportedError } from '../provider-errors.js';
import type { ReceivedResponse } from '../transport/received-response.js';
import { refusedBody } from './refused-body.js';
import { readReportedError } from './reported-error.js';
import { safeCause } from './safe-cause.js';

const MAX_SAMPLE = 1024;

export interface OpenOptions {
  readonly errors: ProviderErrors;
  readonly scheduler: SchedulerLike;
  readonly secrets: Secrets;
  /** The media type that the stream has, in lower case. */
  readonly mediaType: string;
  /** The response headers that may hold the request's id; the first one present counts. */
  readonly requestIdHeaders: readonly string[];
}

/**
 * @internal The response, if it is a stream of the expected media type. Everything else is a typed error: the provider's
 * refusal, a redirect, another content type.
 */
export async function acceptResponse(
  response: ReceivedResponse,
  options: OpenOptions,
): Promise<ReceivedResponse> {
  const { errors, scheduler, secrets, mediaType } = options;
  const refusal = await refusalOf(response, options);
  if (refusal !== undefined) throw refusal;
  const type = response.headers.get('content-type') ?? '';
  const [essence = ''] = type.toLowerCase().split(/[;,]/);
  if (essence.trim() === mediaType) return response;
  const body = await refusedBody(response, scheduler);
  // Some gateways refuse with 200, and with the status in the body.
  if (essence.includes('json') && isError(body))
    throw errors.reported(readReportedError(body, secrets));
  const sample = secrets.scrub(body).slice(0, MAX_SAMPLE);
  const got = type === '' ? 'no content type' : secrets.scrub(type).slice(0, 100);
  throw errors.fail(
    'content_type',
    `expected ${mediaType}, got ${got} (${String(response.status)}). Check the base URL. The body begins: ${sample}`,
    { status: response.status },
  );
}

function isError(body: string): boolean {
  const said = attempt(() => JSON.parse(body) as { readonly error?: unknown } | null);
  return Boolean(said?.error);
}

/** @internal The error of a response that is not a success; undefined for one that is. */
export async function refusalOf(
  response: ReceivedResponse,
  { errors, scheduler, secrets, requestIdHeaders }: OpenOptions,
): Promise<ModelError | undefined> {
  const { status, headers } = response;
  // Browsers show no status of a redirect.
  if (status === 0 || (status >= 300 && status < 400)) {
    response.body.cancel();
    return errors.fail(
      'redirect',
      `refused to follow a redirect (${String(status)}). Use the final address as baseURL`,
      { status },
    );
  }
  if (status >= 200 && status < 300) return undefined;
  const said: ReportedError = readReportedError(await refusedBody(response, scheduler), secrets);
  const requestId = requestIdHeaders
    .map((name) => headers.get(name))
    .find((value) => value !== null);
  return errors.reported({
    ...said,
    requestId: requestId === undefined ? said.requestId : secrets.scrub(requestId),
    status,
    retryAfterMs: retryAfterOf(headers, Date.now()) ?? said.retryAfterMs,
    shouldRetry: SHOULD_RETRY.get(headers.get('x-should-retry') ?? ''),
  });
}

const SHOULD_RETRY: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** @internal The error of a request that got no response. */
export function unsentError(
  error: unknown,
  { errors, secrets }: Pick<OpenOptions, 'errors' | 'secrets'>,
  isConnection: boolean,
): ModelError {
  const root = rootCause(error);
  const { name, message, code } = root as { name?: string; message?: string; code?: unknown };
  const why = typeof code === 'string' ? code : secrets.scrub(message || String(root));
  // The platform quotes a header's value in its message.
  const shown = why.includes('header value') ? 'a header has a value that cannot be sent' : why;
  if (isConnection)
    return errors.fail('connection', `no connection (${why}). Check the network and the base URL`, {
      retryable: true,
      cause: safeCause(root, secrets),
    });
  return errors.fail(
    'invalid_request',
    `the request could not be sent (${name ?? 'Error'}: ${shown})`,
    { cause: shown === why ? safeCause(root, secrets) : undefined },
  );
}

/** `fetch` and SDKs wrap what went wrong, `fetch` once for each address that it tried. */
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
