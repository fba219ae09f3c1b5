import { describeRun, type RunSpec } from './run-spec.js';
import { GATE } from '../demand/gate.js';
import { COMMITS, type RunConfig } from '../run-config.js';
import type { ListenerErrorHandler } from '../events/report-listener-error.js';
import type { RunEnding, RunEvent, RunListener, RunType } from '../events/run-event.js';
import { newRunId } from './run-id.js';
import { SCOPE, type Scope } from './scope.js';
import { EventDispatcher } from '../events/event-dispatcher.js';

/** Runs of these types emit each chunk; the others only begin and end. */
const EMITS_CHUNKS: ReadonlySet<RunType> = new Set<RunType>([
  'chain',
  'chat_model',
  'llm',
  'parser',
]);

/**
 * One open run: its place in the tree, its signal, and how its events are emitted.
 *
 * Ids, the signal and metadata are made when they are first asked for: a run without listeners makes none.
 */
export class Run implements Scope {
  readonly listeners: readonly RunListener[];
  readonly onError: ListenerErrorHandler | undefined;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly dispatcher: EventDispatcher;
  /** Set when the run has ended, failed or been unsubscribed. */
  over = false;
  /** A body that folds its chunks anyway says here where their whole so far is. */
  whole: (() => unknown) | undefined;
  readonly #spec: RunSpec;
  readonly #given: RunConfig;
  readonly #parent: Scope | undefined;
  #begun = false;
  /** Runs inside that have begun and are not over. */
  #inside = 0;
  #emitLast: (() => void) | undefined;
  #head: EventHead | undefined;
  #id: string | undefined;
  #controller: AbortController | undefined;

  constructor(spec: RunSpec, config: RunConfig) {
    const parent = config[SCOPE];
    this.#spec = spec;
    this.#given = config;
    this.#parent = parent;
    this.listeners = union(union(parent?.listeners, config.listeners), spec.listeners);
    this.onError = config.onError ?? parent?.onError;
    this.tags = union(parent?.tags, config.tags);
    this.metadata = merge(parent?.metadata, config.metadata);
    this.dispatcher = parent?.dispatcher ?? new EventDispatcher();
  }

  get isRoot(): boolean {
    return this.#parent === undefined;
  }

  get runId(): string {
    return (this.#id ??= this.#given.runId ?? (this.#given.newId ?? newRunId)());
  }

  get path(): readonly string[] {
    return [...(this.#parent?.path ?? []), this.runId];
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.over) this.#controller.abort(this.reason);
    return this.#controller.signal;
  }

  get reason(): unknown {
    const { signal } = this.#given;
    return signal?.aborted === true ? (signal.reason as unknown) : this.#parent?.reason;
  }

  /** The config for what this run runs in turn; with `options`, those of its own call as well. */
  configFor<X extends object>(options?: X): RunConfig & X {
    const { newId, scheduler, maxConcurrency, context } = this.#given;
    const config = {
      tags: this.tags,
      metadata: this.metadata,
      context,
      listeners: this.listeners,
      onError: this.onError,
      newId,
      scheduler,
      maxConcurrency,
      [COMMITS]: this.#given[COMMITS],
      [SCOPE]: this as Run,
      [GATE]: this.#given[GATE],
    };
    Object.defineProperty(config, 'signal', SIGNAL);
    return Object.assign(config, options as X);
  }

  /** Aborts what is still at work on this run's signal. */
  close(): void {
    this.over = true;
    if (this.#controller?.signal.aborted === false) this.#controller.abort(this.reason);
  }

  /** Emits the start, once. */
  begin(data: object = {}): void {
    if (this.#begun || this.over) return;
    // First, because it may throw, and then there is no run.
    if (this.listeners.length > 0) this.#head = this.#makeHead();
    this.#begun = true;
    this.#parent?.enter();
    this.#dispatch(`on_${this.#spec.runType}_start`, data);
  }

  emit(event: string, data: unknown, name?: string): void {
    this.begin();
    if (!this.over) this.#dispatch(event, data, name);
  }

  /**
   * Emits the ending of a run that has begun, once its children are over. A listener may cancel the run while a child's end
   * event is being dispatched; siblings may not have ended yet.
   */
  emitEnding(ending: RunEnding, data: object): void {
    if (!this.#begun) return;
    this.#emitLast = () => {
      this.#emitLast = undefined;
      this.#parent?.exit();
      this.#dispatch(`on_${this.#spec.runType}_${ending}`, data);
      this.#parent?.settle();
    };
    this.settle();
  }

  enter(): void {
    this.begin();
    this.#inside += 1;
  }

  exit(): void {
    this.#inside -= 1;
  }

  settle(): void {
    if (this.#inside === 0) this.#emitLast?.();
  }

  /** The name of the event for a chunk, if this type of run has one. */
  get streamEvent(): string | undefined {
    return EMITS_CHUNKS.has(this.#spec.runType) ? `on_${this.#spec.runType}_stream` : undefined;
  }

  #dispatch(event: string, data: unknown, name?: string): void {
    const head = this.#head;
    if (head === undefined) return;
    const full = {
      event,
      name: name ?? head.name,
      run_id: head.run_id,
      parent_ids: head.parent_ids,
      tags: head.tags,
      metadata: head.metadata,
      data,
    } as RunEvent;
    this.dispatcher.dispatch(full, this.listeners, this.onError);
  }

  #makeHead(): EventHead {
    const { name, localTags, localMetadata } = describeRun(this.#spec, this.#given);
    return {
      name,
      run_id: this.runId,
      parent_ids: this.#parent?.path ?? [],
      tags: union(localTags, this.tags),
      metadata: merge(this.metadata, localMetadata),
    };
  }
}

/**
 * The signal of the run that a config is for, made when it is asked for. One getter for all of them: with one of its own
 * each config would be a hash table, which takes six microseconds and 600 bytes.
 */
const SIGNAL: PropertyDescriptor & ThisType<RunConfig> = {
  get() {
    return (this[SCOPE] as Run | undefined)?.signal;
  },
  enumerable: true,
  configurable: true,
};

/** What all events of a run have in common. */
type EventHead = Pick<RunEvent, 'name' | 'run_id' | 'parent_ids' | 'tags' | 'metadata'>;

const NOTHING: readonly never[] = [];

function union<T>(a: readonly T[] | undefined, b: readonly T[] | undefined): readonly T[] {
  if (a === undefined || a === b || a.length === 0) return b ?? NOTHING;
  if (b === undefined || b.length === 0) return a;
  return [...new Set([...a, ...b])];
}

const NO_METADATA: Readonly<Record<string, unknown>> = {};

function merge(
  a: Readonly<Record<string, unknown>> | undefined,
  b: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> {
  if (a === undefined || a === b) return b ?? NO_METADATA;
  return b === undefined ? a : { ...a, ...b };
}
