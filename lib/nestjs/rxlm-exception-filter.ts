import { Catch } from '@nestjs/common';
import { type EdgeErrorHandler, reportEdgeError } from '../sse/frames/edge-errors.js';
import { statusOf } from '../sse/frames/safe-error.js';
import { isRefusal } from '../sse/server/refusal-brand.js';
import { describeValue } from '../core/internal/describe-value.js';
import { bodyOf, retryAfterOf } from './to-http-exception.js';

/** A response of Express or a reply of Fastify, as far as the filter uses it. */
export interface AnswerableResponse {
  readonly headersSent?: boolean | undefined;
  /** Of Fastify. */
  readonly sent?: boolean | undefined;
  status(code: number): unknown;
  header(name: string, value: string): unknown;
  send(body: object): unknown;
  end?(): unknown;
}

/** Nest's `ArgumentsHost`, as far as the filter uses it. */
export interface HttpHost {
  switchToHttp(): { getResponse(): unknown };
}

/** How the filter reports what it answers. */
export interface RxlmExceptionFilterOptions {
  /** Hears of every error that the client learns of by a safe text and a status only. */
  readonly onError?: EdgeErrorHandler | undefined;
}

/** Nest asks `instanceof`: whether an error is one that has a status here, whichever copy of rxlm made it. */
const KNOWN = {
  [Symbol.hasInstance]: (error: unknown) => statusOf(error) !== undefined,
} as never;

/**
 * An exception filter of Nest that answers rxlm's errors with their status, as `primedForNest` does: 429 with `retry-after`, 503, 504,
 * else 502; the status of a refused request (of `readRunRequest`, say); 500 for the rest of them. The body has `statusCode` and what
 * a client may know. Errors that are none of rxlm's are left to the other filters.
 *
 * @example
 * // app.useGlobalFilters(new RxlmExceptionFilter({ onError: (error, { status }) => logger.error(status, error) }));
 *
 * @example
 * // @Module({ providers: [{ provide: APP_FILTER, useClass: RxlmExceptionFilter }] })
 */
export class RxlmExceptionFilter {
  readonly #onError: EdgeErrorHandler | undefined;

  constructor(options?: RxlmExceptionFilterOptions) {
    const { onError } = options ?? {};
    if (onError !== undefined && typeof onError !== 'function')
      throw new TypeError(`onError must be a function, got ${describeValue(onError)}`);
    this.#onError = onError;
  }

  catch(error: unknown, host: HttpHost): void {
    const response = host.switchToHttp().getResponse() as AnswerableResponse;
    const isSent = response.headersSent === true || response.sent === true;
    const status = statusOf(error) ?? 500;
    const when = isRefusal(error) ? 'request' : 'run';
    reportEdgeError(
      error,
      { edge: 'RxlmExceptionFilter', when, status: isSent ? undefined : status },
      this.#onError,
    );
    if (isSent) {
      response.end?.();
      return;
    }
    const retryAfter = retryAfterOf(error);
    response.status(status);
    if (retryAfter !== undefined) response.header('retry-after', retryAfter);
    response.header('cache-control', 'no-store');
    response.send(bodyOf(error, status));
  }
}
// By hand and not with `@`: no class here needs the compiler's decorators.
Catch(KNOWN)(RxlmExceptionFilter);
