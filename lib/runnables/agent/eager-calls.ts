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

/** The number of notifications of one answer. */
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
 * @internal The calls of one turn. Calls without effects start while the message is still streaming. Their results are
 * held until the message is complete. If the message is dropped, their work is cancelled and their results are discarded.
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

  /** Runs the calls while the turn is subscribed. */
  during<T>(turn$: Observable<T>): Observable<T> {
    const { answer$, concurrency } = this.#options;
    const work$ = this.#starts.pipe(
      mergeMap(
        ([call, results]) =>
          // It may have been dropped while it was queued.
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

  /** Passes the chunks of the message on, and after each chunk starts the calls that it completed. */
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

  /** Cancels running calls, because the message will not be answered. */
  drop(): void {
    this.#begun.clear();
    this.#wanted.clear();
    this.#count = 0;
    this.#dropped.next();
  }

  #beginCallsOf({ id, tool_calls }: AIMessageChunk): void {
    // Another message replaces the previous one.
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
