import { isRecord } from '../../core/internal/is-record.js';
import { ModelError } from '../../errors/model-error.js';
import { nonEmpty } from '../../http/decoder/json.js';
import { readReportedError } from '../../http/internal/reported-error.js';
import { retryAfterOf } from '../../http/internal/retry-after.js';
import type { ProviderErrors } from '../../http/provider-errors.js';
import type { Secrets } from '../../http/secrets.js';

/** How the AI SDK marks its errors, for copies of it that know nothing of each other. */
const AI_SDK = Symbol.for('vercel.ai.error');
const API_CALL = Symbol.for('vercel.ai.error.AI_APICallError');

/** Errors of the AI SDK that say of a request that it could not be made. Their texts are of its author. */
const WRONG_REQUEST: ReadonlySet<string> = new Set([
  'AI_InvalidPromptError',
  'AI_InvalidArgumentError',
  'AI_UnsupportedFunctionalityError',
  'AI_LoadSettingError',
  'AI_TooManyEmbeddingValuesForCallError',
]);

/** @internal What an error of a provider's package comes to. Of the request and the answer that it carries nothing is kept. */
export function toModelError(
  error: unknown,
  { errors, secrets }: { readonly errors: ProviderErrors; readonly secrets: Secrets },
): ModelError {
  if (ModelError.is(error)) return error;
  if (isMarked(error, API_CALL)) return ofApiCall(error as ApiCallError, errors, secrets);
  if (isMarked(error, AI_SDK)) return ofAiSdk(error as Error, errors, secrets);
  if (isError(error)) return lost(causeOf(error), errors, secrets);
  // A frame of the provider, as it came.
  if (isRecord(error)) return errors.reported(readReportedError({ error }, secrets));
  const message = typeof error === 'string' ? secrets.scrub(error) : undefined;
  return errors.reported({ message, shouldRetry: true, status: 500 });
}

interface Cause {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
}

interface ApiCallError {
  readonly message: string;
  readonly statusCode?: number;
  readonly responseHeaders?: Record<string, string>;
  readonly responseBody?: string;
  readonly isRetryable?: boolean;
  readonly data?: unknown;
  readonly cause?: unknown;
}

function ofApiCall(error: ApiCallError, errors: ProviderErrors, secrets: Secrets): ModelError {
  const { statusCode: status, responseBody, responseHeaders, data, isRetryable } = error;
  const root = causeOf(error);
  if (status === undefined) {
    const { code } = root;
    const why = typeof code === 'string' ? code : secrets.scrub(error.message);
    return errors.fail('connection', `no connection (${why}). Check the network and the base URL`, {
      retryable: isRetryable === true,
    });
  }
  // A body that breaks off is wrapped as one that could not be read.
  if (status < 400)
    return isMarked(root, AI_SDK) || root.name === 'SyntaxError'
      ? unread(errors, status)
      : lost(root, errors, secrets);
  const said = readReportedError(nonEmpty(responseBody) ?? data ?? '', secrets);
  const headers = new Headers(responseHeaders ?? {});
  const requestId = headers.get('x-request-id') ?? headers.get('request-id');
  return errors.reported({
    ...said,
    message: nonEmpty(said.message) ?? secrets.scrub(error.message),
    requestId: requestId === null ? said.requestId : secrets.scrub(requestId),
    status,
    retryAfterMs: retryAfterOf(headers, Date.now()) ?? said.retryAfterMs,
    shouldRetry: isRetryable,
  });
}

function ofAiSdk(error: Error, errors: ProviderErrors, secrets: Secrets): ModelError {
  const { name } = error;
  const message = secrets.scrub(error.message);
  if (name === 'AI_LoadAPIKeyError' || name === 'AI_NoSuchModelError')
    return errors.reported({ type: name, message });
  if (WRONG_REQUEST.has(name)) return errors.fail('invalid_request', message);
  if (name === 'AI_EmptyResponseBodyError' || /ended without a finish reason/.test(error.message))
    return errors.fail('truncated', 'the stream ended before the message was complete', {
      retryable: true,
    });
  // The others show what they could not read.
  return unread(errors, undefined, name);
}

function lost(root: Cause, errors: ProviderErrors, secrets: Secrets): ModelError {
  const { name, message, code } = root;
  const why = typeof code === 'string' ? code : secrets.scrub(message || name);
  return errors.fail('connection', `the connection was lost (${why})`, { retryable: true });
}

function unread(errors: ProviderErrors, status: number | undefined, name = ''): ModelError {
  const by = name === '' ? '' : ` (${name})`;
  return errors.fail('bad_stream', `the answer could not be read${by}. Check the base URL`, {
    status,
  });
}

/** What went wrong first: `fetch` and the AI SDK wrap it. */
function causeOf(error: unknown): Cause {
  let root = error;
  for (let depth = 0; depth < 10; depth += 1) {
    const { cause } = root as { readonly cause?: unknown };
    if (!isError(cause)) break;
    root = cause;
  }
  return root as Cause;
}

function isMarked(error: unknown, marker: symbol): boolean {
  return isRecord(error) && (error as Readonly<Record<symbol, unknown>>)[marker] === true;
}

/** Errors of another realm count as well. */
function isError(value: unknown): value is Error {
  return (
    Object.prototype.toString.call(value) === '[object Error]' ||
    (isRecord(value) && typeof value['stack'] === 'string' && typeof value['message'] === 'string')
  );
}
