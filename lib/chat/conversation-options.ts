import type { ObservableInput, SchedulerLike } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import type { RunConfig } from '../core/run-config.js';
import { isRunnable, type Runnable } from '../core/runnable.js';
import type { AnyMessage } from '../messages/any-message.js';
import type { MessagesInput } from '../messages/coerce-messages.js';
import type { SystemMessage } from '../messages/system-message.js';
import type { ArgsReader, ChatInput } from './chat-input.js';
import type { ConversationJson } from './conversation-state.js';

/**
 * What answers: a chat model, an agent, either of them at a server, a chain that ends in one of them or in texts; or a function
 * that makes the answer.
 */
export type ConversationSource =
  | Runnable<MessagesInput, unknown, ChatInput>
  | ((messages: readonly AnyMessage[], config: RunConfig) => ObservableInput<ChatInput>);

/** Where a conversation is kept. */
export interface ConversationStore {
  /** What was saved last; nothing, if nothing was. Nothing can be sent before it is there, and if it errors nothing is saved. */
  load():
    ConversationJson | undefined | null | ObservableInput<ConversationJson | undefined | null>;
  /**
   * Called after a change, with all of the conversation. While a save is under way changes wait, and the next save has all
   * of them.
   */
  save(conversation: ConversationJson): unknown;
}

/**
 * What becomes of a question while an answer is under way. `replace`: the answer is stopped, as by `switchMap`. `refuse`: the
 * question is not taken, as by `exhaustMap`. `queue`: it waits, as with `concatMap`.
 */
export type ConversationPolicy = 'replace' | 'refuse' | 'queue';

/** How a conversation is held. */
export interface ConversationOptions {
  readonly source: ConversationSource;
  /** Said before all messages in each request; it is not part of `messages`. */
  readonly system?: string | SystemMessage | undefined;
  /** What was said before. */
  readonly messages?: MessagesInput | undefined;
  /** A conversation as `toJSON` gave it, in place of `messages`. */
  readonly from?: ConversationJson | undefined;
  readonly store?: ConversationStore | undefined;
  /** @defaultValue 'refuse' */
  readonly policy?: ConversationPolicy | undefined;
  /** What of the messages is sent; all by default. `trimMessages` cuts them to a size. */
  readonly trim?: ((messages: readonly AnyMessage[]) => readonly AnyMessage[]) | undefined;
  /** The config of each run. */
  readonly config?: RunConfig | undefined;
  /** As of `toChatState`. */
  readonly frame?: number | false | undefined;
  readonly scheduler?: SchedulerLike | undefined;
  readonly readArgs?: (() => ArgsReader) | undefined;
  /** Makes the ids of the user's messages; UUID v7 by default. */
  readonly newId?: (() => string) | undefined;
  /** Hears of a store that fails. By default the platform warns. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** @internal Throws a `TypeError` that names an invalid option. */
export function checkConversationOptions(options: ConversationOptions): void {
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null)
    throw new TypeError(`options must be an object, got ${describeValue(options)}`);
  const { source, system, store, policy, from, messages } = options;
  if (!isRunnable(source) && typeof source !== 'function')
    throw new TypeError(
      `source must be a model, an agent, another runnable or a function, got ${describeValue(source)}`,
    );
  if (
    system !== undefined &&
    typeof system !== 'string' &&
    (system as unknown as { type?: unknown } | null)?.type !== 'system'
  )
    throw new TypeError(
      `system must be a string or a system message, got ${describeValue(system)}`,
    );
  if (policy !== undefined && !POLICIES.has(policy))
    throw new TypeError(
      `policy must be 'replace', 'refuse' or 'queue', got ${describeValue(policy)}`,
    );
  if (from !== undefined && messages !== undefined)
    throw new TypeError('from has its messages: give either from or messages');
  for (const name of ['trim', 'newId', 'onError', 'readArgs'] as const) {
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== 'function')
      throw new TypeError(`${name} must be a function, got ${describeValue(value)}`);
  }
  const { load, save } = (store ?? {
    load: isRunnable,
    save: isRunnable,
  }) as Partial<ConversationStore>;
  if (typeof load !== 'function' || typeof save !== 'function')
    throw new TypeError(`store must have the functions load and save, got ${describeValue(store)}`);
}

const POLICIES: ReadonlySet<unknown> = new Set<ConversationPolicy>(['replace', 'refuse', 'queue']);
