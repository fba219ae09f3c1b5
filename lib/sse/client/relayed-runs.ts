import type { ListenerErrorHandler } from '../../core/events/report-listener-error.js';
import type { RunConfig } from '../../core/run-config.js';
import type { RunEvent, RunListener } from '../../core/events/run-event.js';
import { LOCAL_TAGS } from '../../core/run/run-spec.js';
import { SCOPE, type Scope } from '../../core/run/scope.js';
import { EventDispatcher } from '../../core/events/event-dispatcher.js';
import { errorToJson } from '../../errors/error-to-json.js';
import { isEnding, phaseOf } from '../../operators/internal/event-phase.js';

/** A run whose start was emitted and whose end was not. */
interface OpenRun {
  readonly start: RunEvent;
  /** Whether it is inside no other run that was emitted here. */
  readonly isTop: boolean;
}

/**
 * @internal Emits the events of remote runs to the local listeners, at the place in the tree of runs that the config says.
 * Every run whose start was emitted gets one end event, children first, whatever the server sends and however the
 * connection ends.
 */
export class RelayedRuns {
  readonly #scope: Scope | undefined;
  readonly #listeners: readonly RunListener[];
  readonly #onError: ListenerErrorHandler | undefined;
  readonly #dispatcher: EventDispatcher;
  readonly #localTags: readonly string[];
  readonly #showInput: () => unknown;
  /** Outer ones first. */
  readonly #open = new Map<string, OpenRun>();
  readonly #begun = new Set<string>();

  /** `showInput`: what a nested run shows of its input. */
  constructor(
    config: RunConfig & { readonly [LOCAL_TAGS]?: readonly string[] },
    showInput: () => unknown,
  ) {
    const scope = config[SCOPE];
    this.#scope = scope;
    this.#listeners = [...new Set([...(scope?.listeners ?? []), ...(config.listeners ?? [])])];
    this.#onError = config.onError ?? scope?.onError;
    this.#dispatcher = scope?.dispatcher ?? new EventDispatcher();
    this.#localTags = config[LOCAL_TAGS] ?? [];
    this.#showInput = showInput;
  }

  /** Returns whether it was dispatched: a second start is not, nor what follows an ending. */
  relay(event: RunEvent): boolean {
    const { run_id, parent_ids } = event;
    const phase = phaseOf(event.event);
    const isOpen = this.#open.has(run_id);
    if (this.#begun.has(run_id) && (phase === 'start' || !isOpen)) return false;
    if (phase === 'start') {
      const isTop = !parent_ids.some((id) => this.#open.has(id));
      if (isTop) this.#scope?.enter();
      const start = this.#place(event);
      this.#begun.add(run_id);
      this.#open.set(run_id, { start, isTop });
      this.#dispatch(start);
    } else if (isOpen && isEnding(phase)) {
      this.close(undefined, run_id);
      this.#end(run_id, this.#place(event));
    } else {
      this.#dispatch(this.#place(event));
    }
    return true;
  }

  /**
   * Ends the runs that are still open, or those inside of one: with the error, if there is one, those at the top, all others
   * as cancelled.
   */
  close(error?: unknown, within?: string): void {
    for (const [id, { start, isTop }] of [...this.#open].reverse()) {
      if (within !== undefined && !start.parent_ids.includes(within)) continue;
      const failed = isTop && error !== undefined;
      const { input, ...more } = start.data as { readonly input?: unknown };
      this.#end(id, {
        ...start,
        event: start.event.replace(/start$/, failed ? 'error' : 'cancel'),
        data: {
          ...more,
          ...(failed ? { error: errorToJson(error) } : {}),
          ...(start.parent_ids.length === 0 || input === undefined ? {} : { input }),
        },
      } as RunEvent);
    }
  }

  #end(id: string, ending: RunEvent): void {
    const run = this.#open.get(id);
    // A listener of another ending may have ended it.
    if (run === undefined) return;
    this.#open.delete(id);
    if (run.isTop) this.#scope?.exit();
    this.#dispatch(ending);
    if (run.isTop) this.#scope?.settle();
  }

  #dispatch(event: RunEvent): void {
    this.#dispatcher.dispatch(event, this.#listeners, this.#onError);
  }

  #place(event: RunEvent): RunEvent {
    const scope = this.#scope;
    if (scope === undefined) return event;
    const isRoot = event.parent_ids.length === 0;
    return {
      ...event,
      parent_ids: [...scope.path, ...event.parent_ids],
      tags: [...new Set([...(isRoot ? this.#localTags : []), ...event.tags, ...scope.tags])],
      metadata: { ...scope.metadata, ...event.metadata },
      ...(isRoot ? { data: this.#dataOfNested(event) } : {}),
    } as RunEvent;
  }

  /** The root on the server is a child here: its start shows its input as the server shows it, and its end event repeats it. */
  #dataOfNested({ event, data }: RunEvent): unknown {
    const phase = phaseOf(event);
    return phase === 'start' || isEnding(phase)
      ? { ...(data as object), input: this.#showInput() }
      : data;
  }
}

/** @internal Whether a value that came is an event of a run. */
export function isRunEvent(value: unknown): value is RunEvent {
  if (typeof value !== 'object' || value === null) return false;
  const { event, run_id, parent_ids, tags, metadata, data } = value as Partial<RunEvent>;
  return (
    typeof event === 'string' &&
    typeof run_id === 'string' &&
    Array.isArray(parent_ids) &&
    Array.isArray(tags) &&
    isObject(metadata) &&
    (isObject(data) || event === 'on_custom_event')
  );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
