import { describeValue } from '../core/internal/describe-value.js';
import { isRunnable, type Runnable } from '../core/runnable.js';
import { type ChunkOf, lambda, type LambdaFunction, type WholeOf } from './lambda.js';

/** A part of a composition: a runnable, or a function that becomes one by `lambda`. */
export type RunnableLike<I = never> =
  Runnable<I, unknown, unknown, never> | LambdaFunction<I, unknown>;

/** The input of a part. A part without an input type takes any input. */
export type InputOf<T> =
  T extends Runnable<infer I, unknown, unknown, never>
    ? AnyIfNever<I>
    : T extends (input: infer I, ...rest: never) => unknown
      ? AnyIfNever<I>
      : never;

type AnyIfNever<I> = [I] extends [never] ? unknown : I;

/** The input that all of these parts accept: the intersection of their inputs. */
export type InputOfAll<T> = (T extends unknown ? (input: InputOf<T>) => void : never) extends (
  input: infer I,
) => void
  ? I
  : never;

/** The output of a part. */
export type OutputOf<T> =
  T extends Runnable<never, infer O, unknown, never>
    ? O
    : T extends LambdaFunction<never, infer R>
      ? WholeOf<R>
      : never;

/** The chunks of a part. */
export type PieceOf<T> =
  T extends Runnable<never, unknown, infer C, never>
    ? C
    : T extends LambdaFunction<never, infer R>
      ? ChunkOf<R>
      : never;

/** @internal A part as a runnable. Throws a `TypeError` that begins with `place` if it is neither a runnable nor a function. */
export function toRunnable(part: unknown, place: string): Runnable<unknown, unknown> {
  if (isRunnable(part)) return part as Runnable<unknown, unknown>;
  if (typeof part === 'function') return lambda(part as LambdaFunction<unknown, unknown>);
  throw new TypeError(`${place} must be a runnable or a function, got ${describeValue(part)}`);
}
