import type { RunConfig } from '../core/run-config.js';
import type { RunEvent, RunListener } from '../core/run-event.js';
import { SCOPE, type Scope } from '../core/scope.js';
import { Telling } from '../core/telling.js';
import { errorToJson } from '../errors/error-to-json.js';
import { isEnding, phaseOf } from '../operators/phase-of.js';

/**
 * @internal Tells the events of runs that go on elsewhere to those who listen here, in the place of the tree that the config
 * gives them. Every one that has been told to begin is told one ending, whatever becomes of the connection.
 */
export class RelayedRuns {
  private readonly scope: Scope | undefined;
  private readonly listeners: readonly RunListener[];
  private readonly telling: Telling;
  /** The starts of the runs that are open, outer ones first. */
  private readonly open = new Map<string, RunEvent>();

  constructor(config: RunConfig) {
    const scope = config[SCOPE];
    this.scope = scope;
    this.listeners = [...new Set([...(scope?.listeners ?? []), ...(config.listeners ?? [])])];
    this.telling = scope?.telling ?? new Telling();
  }

  tell(event: RunEvent): void {
    const phase = phaseOf(event.event);
    const isRoot = event.parent_ids.length === 0;
    if (isRoot && phase === 'start') this.scope?.enter();
    const placed = this.place(event);
    if (phase === 'start') this.open.set(event.run_id, placed);
    const ends = isEnding(phase) && this.open.delete(event.run_id);
    if (isRoot && ends) this.scope?.exit();
    this.telling.tell(placed, this.listeners);
    if (isRoot && ends) this.scope?.settle();
  }

  /** Ends the runs that are still open: the root with the error if there is one, all others as cancelled. */
  close(error?: unknown): void {
    for (const [id, start] of [...this.open].reverse()) {
      this.open.delete(id);
      const isRoot = this.open.size === 0;
      const failed = isRoot && error !== undefined;
      if (isRoot) this.scope?.exit();
      const ending = {
        ...start,
        event: start.event.replace(/start$/, failed ? 'error' : 'cancel'),
        data: failed ? { error: errorToJson(error) } : {},
      } as RunEvent;
      this.telling.tell(ending, this.listeners);
      if (isRoot) this.scope?.settle();
    }
  }

  private place(event: RunEvent): RunEvent {
    const { scope } = this;
    if (scope === undefined) return event;
    return {
      ...event,
      parent_ids: [...scope.path, ...event.parent_ids],
      tags: [...new Set([...event.tags, ...scope.tags])],
      metadata: { ...scope.metadata, ...event.metadata },
    };
  }
}

/** @internal Whether a value that came is an event of a run. */
export function isRunEvent(value: unknown): value is RunEvent {
  if (typeof value !== 'object' || value === null) return false;
  const { event, run_id, parent_ids } = value as Partial<RunEvent>;
  return typeof event === 'string' && typeof run_id === 'string' && Array.isArray(parent_ids);
}
