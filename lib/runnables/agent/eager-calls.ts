import {
  concat,
  defer,
  dematerialize,
  EMPTY,
  ignoreElements,
  materialize,
  merge,
  mergeMap,
  type MonoTypeOperatorFunction,
  type Observable,
  type ObservableNotification,
  of,
  ReplaySubject,
  Subject,
  takeUntil,
  tap,
} from 'rxjs';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import type { InvalidToolCall, ToolCall } from '../../messages/tool-call.js';
import type { ToolMessage } from '../../messages/tool-message.js';

type Call = ToolCall | InvalidToolCall;
type Notification = ObservableNotification<ToolMessage>;
type Results = ReplaySubject<Notification>;

/** What there is to replay of one answer. */
const RESULT_AND_END = 2;

interface EagerOptions {
  readonly answer$: (call: Call) => Observable<ToolMessage>;
  /** Whether a call may be run before its message is known to be whole. */
  readonly isFree: (call: ToolCall) => boolean;
  readonly concurrency: number;
  /** How many calls of the turn may be run. */
  readonly maxCalls: number;
}

/**
 * @internal The calls of one turn, of which those that change nothing are begun while the message still comes. Nobody sees
 * their results before they are asked for; those of a message that is not to be answered are never asked for, and what is
 * still at work for it is cancelled.
 */
export class EagerCalls {
  readonly #options: EagerOptions;
  readonly #begun = new Map<string, Observable<Notification>>();
  readonly #wanted = new Set<Results>();
  readonly #starts = new Subject<readonly [Call, Results]>();
  readonly #dropped = new Subject<void>();
  #messageId: string | undefined;
  #count = 0;

  constructor(options: EagerOptions) {
    this.#options = options;
  }

  /** Works on the calls as long as the turn lasts. */
  during<T>(turn$: Observable<T>): Observable<T> {
    const { answer$, concurrency } = this.#options;
    const work$ = this.#starts.pipe(
      mergeMap(
        ([call, results]) =>
          // It may have waited for its turn, and was dropped meanwhile.
          defer(() => (this.#wanted.has(results) ? answer$(call) : EMPTY)).pipe(
            materialize(),
            tap((result) => {
              results.next(result);
            }),
            ignoreElements(),
            takeUntil(this.#dropped),
          ),
        concurrency,
      ),
    );
    const end$ = defer(() => {
      this.#starts.complete();
      return EMPTY;
    });
    return merge(work$, concat(turn$, end$));
  }

  /** Passes the chunks of the message on, and begins behind each the calls that have become whole with it. */
  watch(): MonoTypeOperatorFunction<AIMessageChunk> {
    return mergeMap((chunk) => {
      const begin$ = defer(() => {
        this.#beginCallsOf(chunk);
        return EMPTY;
      });
      const isQuiet = chunk.tool_calls.length === 0 && chunk.id === this.#messageId;
      return isQuiet ? of(chunk) : concat(of(chunk), begin$);
    });
  }

  /** The answer to a call of the whole message. */
  result$(call: Call): Observable<ToolMessage> {
    return defer(() => {
      const { id = '' } = call;
      const results = this.#begun.get(id) ?? this.#begin(call);
      this.#begun.delete(id);
      return results.pipe(dematerialize());
    });
  }

  /** Cancels what is at work: the message is not to be answered. */
  drop(): void {
    this.#begun.clear();
    this.#wanted.clear();
    this.#count = 0;
    this.#dropped.next();
  }

  #beginCallsOf({ id, tool_calls }: AIMessageChunk): void {
    // Another message follows one that was given up.
    if (this.#messageId !== undefined && id !== this.#messageId) this.drop();
    this.#messageId = id;
    for (const call of tool_calls) {
      this.#count += 1;
      if (call.id === undefined || this.#begun.has(call.id)) continue;
      if (this.#count <= this.#options.maxCalls && this.#options.isFree(call))
        this.#begun.set(call.id, this.#begin(call));
    }
  }

  #begin(call: Call): Observable<Notification> {
    const results: Results = new ReplaySubject(RESULT_AND_END);
    this.#wanted.add(results);
    this.#starts.next([call, results]);
    return results;
  }
}
