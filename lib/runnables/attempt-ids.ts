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
 * What comes of an attempt that fails when it has given out content already.
 *
 * - `never`, the default: there is no other, and its error stands.
 * - `restart`: the next one begins anew, and a custom event `restart` with `{ attempt, error }` says so. Message chunks
 *   are given out as they come, for the next attempt's have another id, and a fold lets the last message stand. What
 *   has no id could not be taken back, text above all: it is given out when its attempt has succeeded, and so is all
 *   that goes to a step that takes chunks, a parser say.
 */
export type AfterEmission = 'never' | 'restart';

/** @internal What there is to attempt, and when to go on. */
export interface Attempts<I, C> {
  readonly after: AfterEmission | undefined;
  /** The chunks of one attempt; the first is 1. */
  readonly attempt$: (attempt: number, input: RunInput<I>, run: OpenRun) => Observable<C>;
  /** Emits when the attempt after this one is to begin, or errors with what the run is to fail with. */
  readonly recover$: (error: unknown, attempt: number) => Observable<unknown>;
}

/**
 * @internal Runs one attempt after the other as one run, until one succeeds or no other is to be made.
 *
 * Chunks without content, with which a message begins, do not stand in the way of another attempt.
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

/** @internal Throws a `TypeError` for options that cannot be meant. */
export function checkRecovery({ when, after = 'never' }: { when: unknown; after: unknown }): void {
  if (when !== undefined && typeof when !== 'function')
    throw new TypeError(`when must be a function, got ${describeValue(when)}`);
  if (after !== 'never' && after !== 'restart')
    throw new TypeError(`after must be 'never' or 'restart', got ${describeValue(after)}`);
}
