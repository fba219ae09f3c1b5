import {
  asyncScheduler,
  concat,
  concatMap,
  dematerialize,
  from,
  map,
  NEVER,
  type Observable,
  type ObservableNotification,
  of,
  timer,
} from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describeValue } from '../../core/internal/describe-value.js';
import type { RunConfig } from '../../core/run-config.js';
import type { AnyMessage } from '../../messages/any-message.js';
import type { FakeChunk } from './fake-answer.js';

/**
 * An answer for a `FakeChatModel` as a marble diagram, in RxJS's syntax: a frame is a millisecond of `config.scheduler`,
 * a letter is the chunk that `values` has for it, or itself as text; `#` is `error`, `|` the end of the message; without either it never ends.
 *
 * @see https://rxjs.dev/guide/testing/marble-testing
 * @example
 * import { FakeChatModel } from 'rxlm/testing';
 * const model = new FakeChatModel([marbles('-a-b-(c|)', { a: 'gold', b: 'fish', c: '!' })]);
 * model.stream$('Hi').pipe(map(({ text }) => text)) // => ['gold', 'fish', '!']
 */
export function marbles(
  diagram: string,
  values: Readonly<Record<string, FakeChunk>> = {},
  error: unknown = new Error('The answer ends in #'),
): (messages: readonly AnyMessage[], config: RunConfig) => Observable<FakeChunk> {
  if (typeof diagram !== 'string')
    throw new TypeError(`marbles takes a diagram, got ${describeValue(diagram)}`);
  const steps = stepsOf(diagram, values, error);
  return (_messages, { scheduler = asyncScheduler }) =>
    concat(from(steps), NEVER).pipe(
      concatMap(({ gap, told }) =>
        gap === 0 ? of(told) : timer(gap, scheduler).pipe(map(() => told)),
      ),
      dematerialize(),
    );
}

interface Step {
  /** Milliseconds after the step before. */
  readonly gap: number;
  readonly told: ObservableNotification<FakeChunk>;
}

function stepsOf(
  diagram: string,
  values: Readonly<Record<string, FakeChunk>>,
  error: unknown,
): Step[] {
  let now = 0;
  return TestScheduler.parseMarbles(diagram, undefined, error, false, true).map(
    ({ frame, notification }) => {
      const gap = frame - now;
      now = frame;
      const told = notification as ObservableNotification<string>;
      return {
        gap,
        told: told.kind === 'N' ? { kind: 'N', value: values[told.value] ?? told.value } : told,
      };
    },
  );
}
