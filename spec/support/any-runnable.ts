import fc from 'fast-check';
import {
  asapScheduler,
  concat,
  from,
  merge,
  NEVER,
  observeOn,
  startWith,
  take,
  throwError,
} from 'rxjs';
import { lambda, type Runnable } from 'rxlm';
import { type LambdaConfig } from '../../lib/runnables/lambda.js';
import { FakeGenerate, FakeStream } from './models.js';
import { Capitals, OnChunks } from './runnables.js';

/** A runnable of any shape over a text. */
export type AnyRunnable = Runnable<string, string, string>;

const failure = new Error('broken');
const texts = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 });
const nameOf = fc.toStringMethod;

function named(name: string, runnable: unknown): AnyRunnable {
  return Object.assign(runnable as AnyRunnable, { [nameOf]: () => name });
}

const show = (runnable: AnyRunnable): string => fc.stringify(runnable);

const leaf = fc.oneof(
  texts.map((all) => named(`say(${all.join()})`, new FakeStream(() => all))),
  texts.map((all) =>
    named(
      `sayLater(${all.join()})`,
      new FakeStream(() => from(all).pipe(observeOn(asapScheduler))),
    ),
  ),
  texts.map((all) => named(`sayOn(${all.join()})`, new FakeStream(() => concat(from(all), NEVER)))),
  texts.map((all) =>
    named(
      `fail(${all.join()})`,
      new FakeStream(() =>
        concat(
          from(all),
          throwError(() => failure),
        ),
      ),
    ),
  ),
  fc.constantFrom(
    named('generate', new FakeGenerate(() => 'whole')),
    named('generateFails', new FakeGenerate(() => Promise.reject(failure))),
    named(
      'value',
      lambda((q: string) => q),
    ),
    named(
      'throws',
      lambda((): string => {
        throw failure;
      }),
    ),
    named('badMessage', lambda(() => 7 as unknown as string).pipe(new FakeStream(() => ['x']))),
  ),
);

type Nest = (inner: AnyRunnable, q: string, config: LambdaConfig) => unknown;

/** How a function may run another runnable. */
const nests: Record<string, Nest> = {
  stream: (inner, q, config) => inner.stream$(q, config),
  tagged: (inner, q, config) => inner.stream$(q, { ...config, tags: ['own'] }),
  given: (inner) => inner,
  awaited: async (inner, q, config) => inner.invoke(q, config),
  iterated: (inner, q, config) => inner.stream(q, config),
  timed: (inner, q, config) => inner.stream$(q, { ...config, timeout: 1 }),
  neverAwaited: (inner, q, config) => {
    inner.invoke(q, config).catch(() => undefined);
    return 'done';
  },
};

/** How a step may follow another runnable. */
const steps: Record<string, () => Runnable<unknown, unknown>> = {
  capitals: () => new Capitals() as Runnable<unknown, unknown>,
  whole: () => lambda((whole: unknown) => String(whole)),
  early: () => new OnChunks<unknown>((chunks$) => chunks$.pipe(startWith('early'))),
  firstOnly: () => new OnChunks<unknown>((chunks$) => chunks$.pipe(take(1))),
};

/** Runnables of all shapes: models that stream, fail or fall silent, and what can be built of them. */
export const { anyRunnable } = fc.letrec<{ anyRunnable: AnyRunnable }>((again) => {
  const child = again('anyRunnable');
  const children = fc.array(child, { minLength: 1, maxLength: 3 });
  return {
    anyRunnable: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.tuple(child, fc.constantFrom(...Object.entries(nests))).map(([inner, [name, nest]]) =>
        named(
          `${name}(${show(inner)})`,
          lambda((q: string, config) => nest(inner, q, config)),
        ),
      ),
      fc
        .tuple(child, fc.constantFrom(...Object.entries(steps)))
        .map(([inner, [name, step]]) => named(`${show(inner)} | ${name}`, inner.pipe(step()))),
      children.map((all) =>
        named(
          `mergeTake3(${all.map(show).join('; ')})`,
          lambda((q: string, config) =>
            merge(...all.map((inner) => inner.stream$(q, config))).pipe(take(3)),
          ),
        ),
      ),
      children.map((all) =>
        named(
          `concat(${all.map(show).join('; ')})`,
          lambda((q: string, config) => concat(...all.map((inner) => inner.stream$(q, config)))),
        ),
      ),
      child.map((inner) =>
        named(
          `noFold(${show(inner)})`,
          lambda((q: string, config) => inner.stream$(q, config), {
            fold: () => throwError(() => failure),
          }),
        ),
      ),
    ),
  };
});
