import { attempt } from '../../core/internal/try-or-undefined.js';
import { emitWarning } from '../../core/internal/emit-warning.js';
import { RxlmError } from '../../errors/rxlm-error.js';
import { isRefusal } from '../server/refusal-brand.js';

/** Where an error came up on its way to a client. */
export interface EdgeErrorContext {
  /** The function that answers: `writeSse`, `toSseResponse`, … */
  readonly edge: string;
  /**
   * `request`: the client's request was refused. `run`: the run failed. `edge`: something of the answer itself failed (a
   * header, the `event` or `id` function, a teardown, the socket).
   */
  readonly when: 'request' | 'run' | 'edge';
  /** The status that was answered; undefined once the answer has begun. */
  readonly status?: number | undefined;
}

/** Receives an error of which the client gets only a safe text, see {@link FrameOptions.onError}. */
export type EdgeErrorHandler = (error: unknown, context: EdgeErrorContext) => void;

/**
 * @internal Calls `onError`. Without one, an error of the server's own code (no refusal, none of rxlm's kinds, no abort) is a
 * warning of the platform, and so is what `onError` throws: neither ends the process or the answer.
 */
export function reportEdgeError(
  error: unknown,
  context: EdgeErrorContext,
  onError: EdgeErrorHandler | undefined,
): void {
  if (onError === undefined) {
    if (context.when === 'edge' || attempt(() => isOwnFault(error)) !== false)
      warn(error, `${context.edge}: an answer failed`, 'Give onError to handle it yourself.');
    return;
  }
  const failed = (failure: unknown) => {
    warn(failure, `${context.edge}: onError threw`, 'It was called with the error of an answer.');
  };
  try {
    const result: unknown = (onError as (...given: unknown[]) => unknown)(error, context);
    void Promise.resolve(result).then(undefined, failed);
  } catch (failure) {
    failed(failure);
  }
}

function isOwnFault(error: unknown): boolean {
  const { name } = Object(error) as { readonly name?: unknown };
  return !RxlmError.is(error) && !isRefusal(error) && name !== 'AbortError';
}

function warn(cause: unknown, what: string, remedy: string): void {
  attempt(() => {
    emitWarning(cause, { what, remedy, name: 'RxlmEdgeWarning', code: 'RXLM_EDGE' });
  });
}
