import {
  concatMap,
  defaultIfEmpty,
  filter,
  from,
  map,
  mergeMap,
  type Observable,
  type OperatorFunction,
  take,
} from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import type { RunConfig } from '../core/run-config.js';
import { RunInput } from '../core/run-input.js';
import { LOCAL_TAGS } from '../core/run/run-spec.js';
import { Runnable } from '../core/runnable.js';
import { type OpenRun, runWhole$ } from '../core/run/run-lifecycle.js';
import { byValue } from './internal/pass-or-fold.js';
import {
  type InputOfAll,
  type OutputOf,
  type PieceOf,
  type RunnableLike,
  toRunnable,
} from './to-runnable.js';

/** A condition, and the runnable to run if it is the first condition that holds. */
export type Arm<I = never> = readonly [condition: RunnableLike<I>, runnable: RunnableLike<I>];

/** The arguments of `branch`: the arms, and last the runnable for the case that no condition holds. */
export type Arms<I = never> = readonly [...Arm<I>[], RunnableLike<I>];

/** The input that all arms and conditions accept. */
export type BranchInput<A extends Arms> = InputOfAll<
  A[number] extends infer T ? (T extends Arm ? T[0] | T[1] : T) : never
>;

/** The runnables of which one is run. */
type RunnableOf<A extends Arms> = A[number] extends infer T ? (T extends Arm ? T[1] : T) : never;

/**
 * Runs the first arm whose condition holds, or the last argument if none does, with the same input.
 *
 * Conditions are called one after the other with the whole input. A condition holds if its result is truthy; the result
 * may be a promise, an Observable (its last value counts) or the output of a runnable. The chunks of the chosen arm are
 * emitted as they arrive. An arm with its own fold, such as a list parser, emits its whole output instead.
 *
 * @example
 * const size = branch([(n: number) => n > 9, () => 'big'], [(n: number) => n > 4, () => 'middling'], () => 'small');
 * await size.batch([12, 5, 1]) // => ['big', 'middling', 'small']
 */
export function branch<I, const A extends Arms<I>>(
  ...arms: A
): RunnableBranch<I, OutputOf<RunnableOf<A>>, PieceOf<RunnableOf<A>>>;
export function branch<const A extends Arms>(
  ...arms: A
): RunnableBranch<BranchInput<A>, OutputOf<RunnableOf<A>>, PieceOf<RunnableOf<A>>>;
export function branch<I, O, C>(...arms: Arms): RunnableBranch<I, O, C> {
  return new RunnableBranch(arms);
}

/** One of several runnables, see {@link branch}. */
export class RunnableBranch<in I, out O, out C = O> extends Runnable<I, O, C> {
  static override readonly lcName = 'RunnableBranch';
  readonly #conditions: readonly Runnable<unknown, unknown>[];
  /** One for each condition, and one for the case that none holds. */
  readonly #runnables: readonly Runnable<unknown, unknown>[];

  constructor(arms: Arms) {
    super();
    const otherwise = arms.at(-1);
    const pairs = arms.slice(0, -1).map((arm, index) => checkArm(arm, index + 1));
    this.#conditions = pairs.map(([condition], index) =>
      toRunnable(condition, `condition ${index + 1}`),
    );
    this.#runnables = [
      ...pairs.map(([, runnable], index) => toRunnable(runnable, `branch ${index + 1}`)),
      toRunnable(otherwise, 'the last argument of branch'),
    ];
  }

  override run$(input: RunInput<I>, config: RunConfig): Observable<C> {
    return runWhole$(this, input, config, (value, run) => {
      const given = RunInput.of<unknown>(value);
      return this.#choose$(given, run).pipe(
        mergeMap((index) => {
          const chosen = this.#runnables[index] as Runnable<unknown, unknown>;
          const place = index === this.#conditions.length ? 'default' : index + 1;
          return chosen
            .run$(given, run.configFor({ [LOCAL_TAGS]: [`branch:${place}`] }))
            .pipe(byValue(() => chosen.fold));
        }),
      ) as Observable<C>;
    });
  }

  /** The index of the runnable to run. */
  #choose$(given: RunInput<unknown>, run: OpenRun): Observable<number> {
    return from(this.#conditions).pipe(
      concatMap((condition, index) =>
        condition.run$(given, run.configFor({ [LOCAL_TAGS]: [`condition:${index + 1}`] })).pipe(
          condition.fold as OperatorFunction<unknown, unknown>,
          filter(Boolean),
          map(() => index),
        ),
      ),
      take(1),
      defaultIfEmpty(this.#conditions.length),
    );
  }
}

function checkArm(arm: unknown, place: number): Arm {
  if (Array.isArray(arm) && arm.length === 2) return arm as unknown as Arm;
  throw new TypeError(
    `branch takes pairs of a condition and a runnable, and a runnable last: argument ${place} is ${describeValue(arm)}`,
  );
}
