import { defer, type ObservableInput, type OperatorFunction, type SchedulerLike } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import type { ChatState } from './chat-state.js';
import type { ArgsReader, ChatInput } from './chat-input.js';
import { frameOf } from './internal/frame-rate.js';
import { growChat } from './internal/grow-chat.js';
import { GrowingChat } from './internal/growing-chat.js';

/** How a chat state is told. */
export interface ChatStateOptions {
  /**
   * Milliseconds in which it is told once at most; `false` tells every change.
   *
   * @defaultValue a frame of the browser; 16 where there are none, and on a `scheduler`
   */
  readonly frame?: number | false | undefined;
  /** Where time comes from; the browser's frames or RxJS's `asyncScheduler` by default. */
  readonly scheduler?: SchedulerLike | undefined;
  /** Its first value lets go of the source and ends the state as `stopped`, with what there is. */
  readonly stop?: ObservableInput<unknown> | undefined;
  /**
   * Makes what reads the arguments of a call while they grow: `() => new IncrementalJson()`. Without it `args` is
   * undefined until they are whole.
   */
  readonly readArgs?: (() => ArgsReader) | undefined;
}

/**
 * Emits what a page shows of an answer while it arrives, and never errors: `status`, `text`, `message`, `toolCalls`,
 * `usage` and `error`. For `toSignal`, the `async` pipe, `useObservable` and whatever else renders values.
 *
 *     source          ---a-b-c-------d-#
 *     toChatState()   s--a------c----d-e     s: submitted; a, c, d: streaming; e: the error, and the text so far
 *
 * `submitted` comes at the subscription, `streaming` with the first content. What comes within a frame is told once, at
 * its end; an ending at once, `done`, `error` or `stopped`, with all that came before it, and then it completes. An
 * `AbortError`, and the cancellation of a run, as events or a durable run report it, is `stopped` as well; an unsubscribe emits nothing.
 *
 * The source is what `stream$` or `events$` of a model, a chain that ends in texts or an agent gives. Of events it is the
 * root run's chunks that count. A chunk of another message id begins the text anew, as in the fold of messages. States
 * are immutable and share with the one before whatever has not changed. A chunk costs its length, a state the number
 * of the message's blocks, however long the answer is.
 *
 * @example
 * const state$ = of('gold', 'fish').pipe(toChatState(), map(({ status, text }) => `${status}: ${text}`));
 * state$ // => ['submitted: ', 'streaming: gold', 'done: goldfish']
 *
 * @see {@link IDLE_CHAT_STATE} for the state before anything is asked
 */
export function toChatState(
  options: ChatStateOptions = {},
): OperatorFunction<ChatInput, ChatState> {
  const { stop, readArgs, ...frame } = checkOptions(options);
  return (source$) => defer(() => source$.pipe(growChat(new GrowingChat(readArgs), frame, stop)));
}

function checkOptions(options: ChatStateOptions) {
  if (typeof (options as unknown) !== 'object')
    throw new TypeError(`options must be an object, got ${describeValue(options)}`);
  const { stop, readArgs } = options;
  const frame = frameOf(options);
  if (stop !== undefined && (typeof stop !== 'object' || (stop as unknown) === null))
    throw new TypeError(`stop must be an Observable or the like, got ${describeValue(stop)}`);
  if (readArgs !== undefined && typeof readArgs !== 'function')
    throw new TypeError(`readArgs must be a function, got ${describeValue(readArgs)}`);
  return { ...frame, stop, readArgs };
}
