import type { EventEmitter } from 'eventemitter3';
import { fromEvent, merge, mergeMap, type Observable, takeUntil, throwError } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import type { RunEmitter, RunEmitterEvents } from './to-emitter.js';

/** Any emitter: Node's, eventemitter3's, an SDK's. */
export type EmitterLike =
  | {
      on(name: string, listener: Listener): unknown;
      off(name: string, listener: Listener): unknown;
    }
  | {
      addListener(name: string, listener: Listener): unknown;
      removeListener(name: string, listener: Listener): unknown;
    };

type Listener = (...args: unknown[]) => void;

/** One argument as it is, several as an array, as RxJS's `fromEvent` has it. */
export type EmittedValue<Args extends readonly unknown[]> = Args extends readonly [infer T]
  ? T
  : Args;

/**
 * What an emitter emits under a name, until it emits `end`, which completes, or `error`, which errors with what comes
 * with it. Without a name it gives the run events of a {@link RunEmitter}, the same that `toEmitter` was given.
 *
 * Subscribing begins to listen; earlier events are not repeated. Unsubscribing, the end and an error take
 * all listeners away. They do not stop the emitter, which may have other listeners: a `RunEmitter` has
 * `unsubscribe()` for that.
 *
 *     emitter  -a-b-(end)
 *     result   -a-b-|
 *
 * @example
 * import { EventEmitter } from 'eventemitter3';
 * const emitter = new EventEmitter();
 * const seen = [];
 * fromEmitter(emitter, 'text').subscribe((text) => seen.push(text));
 * ['gold', 'fish'].forEach((text) => emitter.emit('text', text));
 * seen // => ['gold', 'fish']
 */
export function fromEmitter<N extends keyof RunEmitterEvents = 'event'>(
  emitter: RunEmitter,
  name?: N,
): Observable<EmittedValue<Parameters<RunEmitterEvents[N]>>>;
export function fromEmitter<
  E extends EventEmitter.ValidEventTypes,
  N extends EventEmitter.EventNames<E>,
>(emitter: EventEmitter<E>, name: N): Observable<EmittedValue<EventEmitter.EventArgs<E, N>>>;
export function fromEmitter(emitter: EmitterLike, name: string): Observable<unknown>;
export function fromEmitter(emitter: object, name: unknown = 'event'): Observable<unknown> {
  if (!isEmitter(emitter)) {
    throw new TypeError(`fromEmitter takes an emitter, got ${describeValue(emitter)}`);
  }
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(`fromEmitter takes the name of an event, got ${describeValue(name)}`);
  }
  const eventsNamed = (what: string) => fromEvent(emitter as never, what);
  return merge(
    eventsNamed(name),
    eventsNamed('error').pipe(mergeMap((error) => throwError(() => error))),
  ).pipe(takeUntil(eventsNamed('end')));
}

function isEmitter(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const has = (method: string) => typeof (value as Record<string, unknown>)[method] === 'function';
  return (has('on') && has('off')) || (has('addListener') && has('removeListener'));
}
