import { defer, type Observable, retry, tap, throwError } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import { COMMITS, type RunConfig } from '../core/run-config.js';
import type { RunInput } from '../core/run-input.js';
import type { RunSpec } from '../core/run/run-spec.js';
import type { OpenRun } from '../core/run/run-lifecycle.js';
import { errorToJson } from '../errors/error-to-json.js';
import { hasContent } from '../messages/internal/has-content.js';
import { dispatchCustomEvent } from './dispatch-custom-event.js';
import { holdBack, supersede } from './internal/restart-output.js';
import { runShared$ } from './internal/share-input.js';

/**
 * What happens when an attempt fails after it has emitted content.
 *
 * - `never`, the default: the run fails with the error of this attempt.
 * - `restart`: the next attempt starts over, and a custom event `restart` with `{ attempt, error }` reports it. Message
 *   chunks are emitted as they arrive: the next attempt has another message id, and a fold keeps the last message.
 *   Values without an id, such as text, could not be taken back, so they are emitted when their attempt has succeeded.
 *   The same holds for input of a step that takes chunks, such as a parser.
 */
export type AfterEmission = 'never' | 'restart';

/** @internal What an attempt does, and when the next one starts. */
export interface Attempts<I, C> {
  readonly after: AfterEmission | undefined;
  /** The chunks of one attempt; the first is 1. */
  readonly attempt$: (attempt: number, input: RunInput<I>, run: OpenRun) => Observable<C>;
  /** Emits when the attempt after this one is to begin, or errors with what the run is to fail with. */
  readonly recover$: (error: unknown, attempt: number) => Observable<unknown>;
}

/**
 * @internal Runs attempts one after the other as one run, until one succeeds or there is no further attempt.
 *
 * Chunks without content, as at the start of a message, do not prevent another attempt.
 */
export function runAttempts$<I, C>(
  spec: RunSpec & { readonly takes: 'whole' | 'chunks' },
  input: RunInput<I>,
  config: RunConfig,
  { after = 'never', attempt$, recover$ }: Attempts<I, C>,
): Observable<C> {
  return runShared$(spec, input, config, (shared, run) =>
    defer(() => {
      const ids = new Set<string>();
      let attempt = 0;
      let failure: unknown;
      let emitted = false;
      let content = false;
      const begin = () => {
        attempt += 1;
        if (!emitted) return;
        emitted = false;
        dispatchCustomEvent('restart', { attempt, error: errorToJson(failure) }, run.configFor());
      };
      return defer(() => {
        begin();
        const chunks$ = attempt$(attempt, shared, run);
        return after === 'never'
          ? chunks$
          : chunks$.pipe(holdBack(config[COMMITS] !== true), supersede(ids, attempt));
      }).pipe(
        tap((chunk) => {
          emitted = true;
          content ||= hasContent(chunk);
        }),
        retry({
          delay: (error: unknown) => {
            failure = error;
            return after === 'never' && content
              ? throwError(() => error)
              : recover$(error, attempt);
          },
        }),
      );
    }),
  );
}

/** @internal Throws a `TypeError` for invalid options. */
export function checkRecovery({ when, after = 'never' }: { when: unknown; after: unknown }): void {
  if (when !== undefined && typeof when !== 'function')
    throw new TypeError(`when must be a function, got ${describeValue(when)}`);
  if (after !== 'never' && after !== 'restart')
    throw new TypeError(`after must be 'never' or 'restart', got ${describeValue(after)}`);
}
