import { concat, defer, EMPTY, filter, of, type OperatorFunction } from 'rxjs';
import { attempt } from '../../core/internal/try-or-undefined.js';
import { ACCUMULATOR } from '../../core/fold-chunks.js';
import { Folding } from '../../core/run/fold-as-it-passes.js';

type Fold = OperatorFunction<never, unknown>;

/**
 * @internal Emits chunks that `foldChunks` folds correctly, whatever their own fold. If one of several runnables may run,
 * only the chunks can show how they are folded.
 *
 * Chunks that both folds treat alike pass as they arrive: messages, text, values whose last one counts. For others, such
 * as arrays of items, the whole is emitted at the end.
 */
export function byValue<C>(foldOf: () => Fold): OperatorFunction<C, C> {
  let appends: boolean | undefined;
  let replaces: boolean | undefined;
  return passOrFold(foldOf, (chunk) => {
    if (typeof chunk === 'string') return (appends ??= appendsText(foldOf()));
    return accumulates(chunk) || (replaces ??= letsLastStand(foldOf()));
  });
}

/**
 * @internal Passes the chunks that need no fold. For the others, and if there is no chunk, their folded whole is emitted
 * at the end.
 */
export function passOrFold<C>(
  foldOf: () => Fold,
  passes: (chunk: C) => boolean,
): OperatorFunction<C, C> {
  return (chunks$) =>
    defer(() => {
      let held: Folding<C, unknown> | undefined;
      let passed = false;
      const hold = () => (held ??= new Folding(foldOf() as OperatorFunction<C, unknown>));
      return concat(
        chunks$.pipe(
          filter((chunk) => {
            if (held === undefined && passes(chunk)) return (passed = true);
            hold().add(chunk);
            return false;
          }),
        ),
        defer(() => {
          const whole = passed && held === undefined ? undefined : hold().end();
          return whole === undefined ? EMPTY : of(whole as C);
        }),
      );
    });
}

/** @internal Whether a chunk knows its own fold. */
export function accumulates(chunk: unknown): boolean {
  return typeof chunk === 'object' && chunk !== null && ACCUMULATOR in chunk;
}

function appendsText(fold: Fold): boolean {
  return wholeOf(fold, ['a', 'b']) === 'ab';
}

/** @internal Whether a fold keeps the last of values of an unknown kind. */
export function letsLastStand(fold: Fold): boolean {
  const last = {};
  return wholeOf(fold, [{}, last]) === last;
}

function wholeOf(fold: Fold, chunks: readonly unknown[]): unknown {
  const folding = new Folding(fold as OperatorFunction<unknown, unknown>);
  for (const chunk of chunks) folding.add(chunk);
  return attempt(() => folding.end());
}
