import { emitWarning } from '../internal/emit-warning.js';
import type { RunEvent, RunListener } from './run-event.js';

/** Where a listener failed. */
export interface ListenerErrorContext {
  /** The event that the listener was called with. */
  readonly event: RunEvent;
  /** The listener that threw, or whose promise was rejected. */
  readonly listener: RunListener;
}

/** Handles the error of a listener, see `RunConfig.onError`. */
export type ListenerErrorHandler = (error: unknown, context: ListenerErrorContext) => void;

/** @internal The types accept an `async` function where they say `void`: its promise is there to be read. */
export type Called<F extends (...args: never) => unknown> = (...args: Parameters<F>) => unknown;

/**
 * @internal Calls `onError` with what a listener threw. Without a handler, or where the handler throws as well, the platform
 * warns: `process.emitWarning` where there is one, else `reportError`. Neither ends the process.
 */
export function reportListenerError(
  error: unknown,
  context: ListenerErrorContext,
  onError: ListenerErrorHandler | undefined,
): void {
  if (onError === undefined) {
    warn('A listener of run events threw', error, 'Give config.onError to handle it yourself.');
    return;
  }
  const failed = (failure: unknown) => {
    warn('config.onError threw', failure, 'It was called with the error of a listener.');
  };
  try {
    const result = (onError as Called<ListenerErrorHandler>)(error, context);
    void Promise.resolve(result).then(undefined, failed);
  } catch (failure) {
    failed(failure);
  }
}

function warn(what: string, cause: unknown, remedy: string): void {
  emitWarning(cause, { what, remedy, name: 'RunListenerWarning', code: 'RXLM_LISTENER' });
}
