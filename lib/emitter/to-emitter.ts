import { EventEmitter } from 'eventemitter3';
import {
  asapScheduler,
  isObservable,
  type Observable,
  subscribeOn,
  Subscription,
  type Unsubscribable,
} from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import { reportUnhandled } from '../core/run/report-unhandled.js';
import type { RunEvent, RunEventName, RunEventOf } from '../core/events/run-event.js';
import type { AIMessage } from '../messages/ai-message.js';
import { textOf } from '../messages/content.js';

/** The events of a {@link RunEmitter}: each run event under its own name, and these. */
export type RunEmitterEvents = {
  [N in RunEventName]: (event: RunEventOf<N>) => void;
} & {
  /** Every run event, whatever its name. */
  event: (event: RunEvent) => void;
  /** The text of each chunk of each model, where it has any. */
  text: (text: string) => void;
  /** The message of each model that has completed one. */
  message: (message: AIMessage) => void;
  /** What the run failed with; nothing comes after it. */
  error: (error: unknown) => void;
  /** The run has succeeded; nothing comes after it. */
  end: () => void;
};

/**
 * The events of a run for listeners, for code that is built on emitters.
 *
 * The first listener starts the run, a microtask later: listeners added in the same turn miss nothing, and without a
 * listener there is no run. Late listeners miss earlier events. An emitter cannot ask its
 * source to wait.
 *
 * - An event goes to the listeners of `event`, then to those of its name, then as `text` or `message`. In a chain of
 *   several models the `text` is that of all of them: filter the events before, or listen for `on_chat_model_stream`.
 * - An error goes to the listeners of `error`. Without one it is reported once, as RxJS reports unhandled errors:
 *   to `config.onUnhandledError`, or as an uncaught exception.
 * - `unsubscribe()` cancels the run at once, also from within a listener. Nothing is emitted after that: no `end`, no
 *   `error`, and no `on_*_cancel` (which `config.listeners` of the run receive). Taking listeners away cancels nothing.
 * - A listener that throws does not change the run, and is reported once. As with any emitter, the listeners behind
 *   it miss that one event.
 *
 * @example
 * const emitter = toEmitter(lambda((name: string) => `Hello ${name}!`).events$('moon'));
 * await new Promise((resolve) => emitter.on('on_chain_end', ({ data }) => resolve(data.output))) // => 'Hello moon!'
 */
export function toEmitter(events$: Observable<RunEvent>): RunEmitter {
  if (!isObservable(events$)) {
    throw new TypeError(
      `toEmitter takes an Observable of run events, got ${describeValue(events$)}`,
    );
  }
  return new RunEmitter(events$);
}

/** An emitter of a run's events that can be unsubscribed, see {@link toEmitter}. */
export class RunEmitter extends EventEmitter<RunEmitterEvents> implements Unsubscribable {
  readonly #events$: Observable<RunEvent>;
  readonly #subscription = new Subscription();
  #begun = false;

  /** @internal */
  constructor(events$: Observable<RunEvent>) {
    super();
    this.#events$ = events$;
  }

  /** Cancels the run; nothing is emitted after that. */
  unsubscribe(): void {
    this.#subscription.unsubscribe();
  }

  override on<N extends keyof RunEmitterEvents>(
    name: N,
    listener: EventEmitter.EventListener<RunEmitterEvents, N>,
    context?: unknown,
  ): this {
    this.#begin();
    return super.on(name, listener, context);
  }

  override addListener<N extends keyof RunEmitterEvents>(
    name: N,
    listener: EventEmitter.EventListener<RunEmitterEvents, N>,
    context?: unknown,
  ): this {
    return this.on(name, listener, context);
  }

  override once<N extends keyof RunEmitterEvents>(
    name: N,
    listener: EventEmitter.EventListener<RunEmitterEvents, N>,
    context?: unknown,
  ): this {
    this.#begin();
    return super.once(name, listener, context);
  }

  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#subscription.add(
      this.#events$.pipe(subscribeOn(asapScheduler)).subscribe({
        next: (event) => {
          this.#emitEvent(event);
        },
        error: (error: unknown) => {
          if (!this.#emitTo('error', error)) reportUnhandled(error);
        },
        complete: () => {
          this.#emitTo('end');
        },
      }),
    );
  }

  #emitEvent(event: RunEvent): void {
    this.#emitTo('event', event);
    this.#emitTo(event.event, event);
    if (event.event === 'on_chat_model_stream') {
      const text = textOf(event.data.chunk.content);
      if (text !== '') this.#emitTo('text', text);
    } else if (event.event === 'on_chat_model_end' && event.data.output !== undefined) {
      this.#emitTo('message', messageOf(event.data.output));
    }
  }

  /** Whether anybody listens. */
  #emitTo(name: keyof RunEmitterEvents, ...args: unknown[]): boolean {
    if (this.#subscription.closed) return true;
    try {
      return this.emit(name, ...(args as [never]));
    } catch (error) {
      reportUnhandled(error);
      return true;
    }
  }
}

/** Version 1 of the events has the message of a nested model among its generations. */
function messageOf(output: AIMessage): AIMessage {
  const { generations } = output as { generations?: { message: AIMessage }[][] };
  return generations?.[0]?.[0]?.message ?? output;
}
