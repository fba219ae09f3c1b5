import {
  BehaviorSubject,
  connect,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  from,
  ignoreElements,
  map,
  merge,
  type Observable,
  observeOn,
  queueScheduler,
  scan,
  Subject,
  switchMap,
  takeUntil,
  tap,
} from 'rxjs';

import { newRunId } from '../core/run/run-id.js';
import { isRunnable } from '../core/runnable.js';
import { AIMessageChunk } from '../messages/ai-message-chunk.js';
import type { AnyMessage } from '../messages/any-message.js';
import { coerceMessage, coerceMessages, type MessageInput } from '../messages/coerce-messages.js';
import type { MessageContent } from '../messages/content.js';
import { HumanMessage } from '../messages/human-message.js';
import type { MessageFields } from '../messages/message.js';
import { SystemMessage } from '../messages/system-message.js';
import type { ToolMessageFields } from '../messages/tool-message.js';
import { checkConversationOptions, type ConversationOptions } from './conversation-options.js';
import type {
  ConversationJson,
  ConversationState,
  ConversationStatus,
} from './conversation-state.js';
import {
  type Answer,
  type ConversationData,
  NO_CONVERSATION,
  type Press,
} from './internal/conversation-data.js';
import { fromConversationJson, toConversationJson } from './internal/conversation-json.js';
import { viewOf } from './internal/conversation-view.js';
import { growChat } from './internal/grow-chat.js';
import { loaded$, savedTo } from './internal/conversation-storage.js';
import { Presses } from './internal/conversation-actions.js';
import { type Frame, frameOf } from './internal/frame-rate.js';

/**
 * A conversation of a page, see {@link conversation}. Each method says whether it has done anything: presses that mean nothing
 * now (a `retry` where nothing has failed, an `approve` of a call that does not wait) change nothing and give `false`.
 */
export class Conversation {
  /** The state now, and each one after it; answers that grow change it once a frame. It completes with `close`. */
  readonly state$: Observable<ConversationState>;
  readonly messages$: Observable<readonly AnyMessage[]>;
  readonly status$: Observable<ConversationStatus>;
  readonly #options: ConversationOptions;
  readonly #presses: Presses;
  readonly #frame: Frame;
  readonly #press$ = new Subject<Press>();
  readonly #closed$ = new Subject<void>();
  readonly #state$: BehaviorSubject<ConversationState>;
  #data: ConversationData;

  /** @internal Made by {@link conversation}. */
  constructor(options: ConversationOptions) {
    checkConversationOptions(options);
    this.#options = options;
    const { policy = 'refuse', readArgs, store, messages = [] } = options;
    this.#presses = new Presses(policy, readArgs);
    this.#frame = frameOf({ frame: options.frame, scheduler: options.scheduler });
    const said = coerceMessages(messages).map(this.#withId);
    const initial =
      options.from === undefined
        ? { ...NO_CONVERSATION, messages: said, kept: said.length }
        : fromConversationJson(options.from);
    this.#data = store === undefined ? initial : { ...initial, status: 'loading' };
    this.#state$ = new BehaviorSubject(viewOf(this.#data, undefined));
    this.state$ = this.#state$.asObservable();
    const one = <K extends keyof ConversationState>(key: K) =>
      this.state$.pipe(
        map((state) => state[key]),
        distinctUntilChanged(),
      );
    this.messages$ = one('messages');
    this.status$ = one('status');
    // What is pressed while a state is shown counts at once and is shown after it; what is outdated by then is not shown.
    const data$ = this.#press$.pipe(
      scan((data, press) => press(data), this.#data),
      tap((data) => {
        this.#data = data;
      }),
      observeOn(queueScheduler),
    );
    // An answer that is stopped has been unsubscribed from before the page is shown that.
    const work$ = data$.pipe(
      connect((each$) => merge(this.#answer$(each$), this.#show$(each$), this.#save$(each$))),
    );
    merge(work$, this.#load$(initial)).subscribe();
  }

  /** The state now. */
  get state(): ConversationState {
    return this.#state$.value;
  }

  /** Asks; the question is in `messages` at once, or in `queued`. */
  send(message: MessageInput): boolean {
    const question = coerceMessage(message);
    if (question.type !== 'human')
      throw new TypeError(`message must be the user's, got one of type ${question.type}`);
    return this.#do(this.#presses.send(this.#withId(question) as HumanMessage));
  }

  /** Ends the answer under way; what there is of it stays, with a result for each of its calls. */
  stop(): boolean {
    return this.#do(this.#presses.stop());
  }

  /** Asks again after an answer that failed or was stopped; what its tools have done stays, the attempt goes to `replaced`. */
  retry(): boolean {
    return this.#do(this.#presses.retry());
  }

  /** Asks the latest question again from its beginning; the answer before goes to `replaced`. */
  regenerate(): boolean {
    return this.#do(this.#presses.regenerate());
  }

  /** Changes a message of the user and asks it; what came after it is gone. One that is queued only changes. */
  edit(id: string, content: MessageContent): boolean {
    return this.#do(this.#presses.edit(id, new HumanMessage({ content }).content));
  }

  /** Has a call run that waits for an approval. */
  approve(callId: string): boolean {
    return this.#do(this.#presses.approve(callId));
  }

  /** Denies a call that waits; the model reads the reason. */
  deny(callId: string, reason?: string): boolean {
    return this.#do(this.#presses.deny(callId, reason));
  }

  /** Gives the result of a call that the page has run. */
  addToolResult(
    callId: string,
    result: MessageContent | Omit<ToolMessageFields, 'tool_call_id'>,
  ): boolean {
    const fields = typeof result === 'object' && 'content' in result ? result : { content: result };
    return this.#do(this.#presses.addToolResult(callId, fields));
  }

  /** Ends the answer under way, and forgets everything. */
  clear(): boolean {
    return this.#do(this.#presses.clear());
  }

  /** Ends the answer under way and all that belongs to the conversation; what changed is still saved. */
  close(): void {
    this.stop();
    this.#closed$.next();
    this.#press$.complete();
  }

  /** The conversation as data, for `conversation({ from })`; of an answer under way what there is, as stopped. */
  toJSON(): ConversationJson {
    return toConversationJson(this.#data);
  }

  #do(press: Press): boolean {
    const before = this.#data;
    this.#press$.next(press);
    return this.#data !== before;
  }

  #withId = (message: AnyMessage): AnyMessage => {
    if (message.type !== 'human' || message.id !== undefined) return message;
    const { newId = newRunId } = this.#options;
    return new HumanMessage({ ...(message as MessageFields), id: newId() });
  };

  #answer$(data$: Observable<ConversationData>): Observable<never> {
    return data$.pipe(
      map(({ answer }) => answer),
      distinctUntilChanged(),
      switchMap((answer) =>
        answer === undefined
          ? EMPTY
          : defer(() => this.#source$(answer.asked)).pipe(
              growChat(answer.chat, this.#frame),
              map(({ status }) =>
                status === 'submitted' || status === 'streaming'
                  ? this.#presses.grown(answer)
                  : this.#presses.ended(answer),
              ),
            ),
      ),
      tap((press) => {
        this.#press$.next(press);
      }),
      ignoreElements(),
    );
  }

  #source$(asked: Answer['asked']) {
    const { source, system, trim, config = {} } = this.#options;
    const sent = trim === undefined ? asked : trim(asked);
    const head = typeof system === 'string' ? new SystemMessage(system) : system;
    const messages = head === undefined ? sent : [head, ...sent];
    const id = newRunId();
    const chunk$ = isRunnable(source)
      ? source.stream$(messages, config)
      : from(source(messages, config));
    return (chunk$ as Observable<AIMessageChunk | string>).pipe(
      map((chunk) => (typeof chunk === 'string' ? new AIMessageChunk(chunk, id) : chunk)),
    );
  }

  #load$(initial: ConversationData): Observable<never> {
    const { store } = this.#options;
    if (store === undefined) return EMPTY;
    return loaded$(store, initial).pipe(
      tap((data) => {
        this.#press$.next(() => data);
      }),
      ignoreElements(),
      takeUntil(this.#closed$),
    );
  }

  #save$(data$: Observable<ConversationData>): Observable<never> {
    const { store, onError } = this.#options;
    if (store === undefined) return EMPTY;
    return data$.pipe(
      filter((data) => data === this.#data),
      savedTo(store, () => this.#data, onError),
    );
  }

  #show$(data$: Observable<ConversationData>): Observable<never> {
    return data$.pipe(
      filter((data) => data === this.#data),
      map((data) => viewOf(data, this.#state$.value)),
      distinctUntilChanged(),
      tap(this.#state$),
      ignoreElements(),
    );
  }
}

/**
 * Holds a conversation: what was said, the answer under way, and what a page can do.
 *
 * A question starts a run of the `source` with all messages, unsubscribing (`stop`, a question that replaces, `close`) cancels
 * it at once. Whatever is pressed when, the messages can be sent: each call has a result, or waits in `pending`. With the last
 * pending call settled the answer goes on. Nothing of it ever errors: a failure is a state, with what came before it.
 *
 * @example
 * import { FakeChatModel } from 'rxlm/testing';
 * const chat = conversation({ source: new FakeChatModel([['gold', 'fish']]) });
 * chat.send('What swims?');
 * chat.state.messages.map(({ text }) => text) // => ['What swims?', 'goldfish']
 */
export function conversation(options: ConversationOptions): Conversation {
  return new Conversation(options);
}
