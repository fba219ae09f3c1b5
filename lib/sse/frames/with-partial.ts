import { catchError, defer, type MonoTypeOperatorFunction, tap, throwError } from 'rxjs';
import { ACCUMULATOR, type Accumulator } from '../../core/fold-chunks.js';
import { ModelError } from '../../errors/model-error.js';

/** @internal Gives a model's error what had come before it: that something had, and the message so far. */
export function withPartial<T>(): MonoTypeOperatorFunction<T> {
  return (chunks$) =>
    defer(() => {
      let emitted = false;
      let message: Accumulator<T, unknown> | undefined;
      return chunks$.pipe(
        tap((chunk) => {
          emitted = true;
          if (typeof chunk !== 'object' || chunk === null || !(ACCUMULATOR in chunk)) return;
          message ??= (chunk as { [ACCUMULATOR](): Accumulator<T, unknown> })[ACCUMULATOR]();
          message.add(chunk);
        }),
        catchError((error: unknown) =>
          throwError(() => {
            if (!emitted || !ModelError.is(error)) return error;
            error.emitted = true;
            return message === undefined ? error : error.after(message.whole);
          }),
        ),
      );
    });
}
