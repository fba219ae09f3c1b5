import type { Observable } from 'rxjs';
import type { RunConfig, RunEvent, RunListener, Runnable } from 'rxlm';

/** A listener that keeps what it is reported. */
export interface Recorder {
  readonly events: RunEvent[];
  readonly listener: RunListener;
  /** The names of the events, with the run's where it matters: `['on_chain_start lambda', …]`. */
  readonly story: () => string[];
}

export function record(): Recorder {
  const events: RunEvent[] = [];
  return {
    events,
    listener: (event) => events.push(event),
    story: () => events.map(({ event, name }) => `${event.slice(3)} ${name}`),
  };
}

const PHASE = /^on_\w+?_(start|stream|end|error|cancel)$/;

/** What an event says of its run: one of its five phases, or undefined for what is reported between. */
export function phaseOf({ event }: RunEvent): string | undefined {
  return PHASE.exec(event)?.[1];
}

/**
 * What is wrong with these events as a story of runs, nothing if all is well: each run has one start and one ending
 * and all else between them; a child lies wholly within its parents; what a run says of itself never changes.
 */
export function faultsOf(events: readonly RunEvent[]): string[] {
  const faults: string[] = [];
  const open = new Map<string, RunEvent>();
  const over = new Set<string>();
  for (const event of events) {
    const { run_id, parent_ids, name, tags, metadata } = event;
    const phase = phaseOf(event);
    const label = `${event.event} of ${name}`;
    if (phase === 'start') {
      if (open.has(run_id) || over.has(run_id)) faults.push(`${label}: started before`);
      for (const id of parent_ids) if (!open.has(id)) faults.push(`${label}: outside its parents`);
      const last = parent_ids.at(-1);
      const above = last === undefined ? [] : [...(open.get(last)?.parent_ids ?? []), last];
      if (above.join() !== parent_ids.join()) faults.push(`${label}: parent_ids are no path`);
      open.set(run_id, event);
      continue;
    }
    const start = open.get(run_id);
    if (start === undefined) {
      faults.push(`${label}: ${over.has(run_id) ? 'after its ending' : 'before its start'}`);
      continue;
    }
    const own = [parent_ids, tags, metadata];
    if (JSON.stringify(own) !== JSON.stringify([start.parent_ids, start.tags, start.metadata]))
      faults.push(`${label}: says other things of its run than the start`);
    if (phase === undefined || phase === 'stream') continue;
    for (const child of open.values())
      if (child.parent_ids.includes(run_id)) faults.push(`${label}: before ${child.name} is over`);
    open.delete(run_id);
    over.add(run_id);
  }
  for (const { name } of open.values()) faults.push(`${name}: no ending`);
  return faults;
}

/** How a subscription went: its values, and `complete`, its error, or nothing yet. */
export interface Watched<T> {
  readonly values: T[];
  ended: 'complete' | { readonly error: unknown } | undefined;
}

export function watch<T>(source$: Observable<T>): Watched<T> & { readonly leave: () => void } {
  const values: T[] = [];
  const watched: Watched<T> = { values, ended: undefined };
  const subscription = source$.subscribe({
    next: (value) => values.push(value),
    error: (error: unknown) => {
      watched.ended = { error };
    },
    complete: () => {
      watched.ended = 'complete';
    },
  });
  return Object.assign(watched, {
    leave: () => {
      subscription.unsubscribe();
    },
  });
}

/** Runs with a recorder among the listeners. */
export function recordRun<I, C>(
  runnable: Runnable<I, unknown, C>,
  input: I,
  config: RunConfig = {},
): Recorder & ReturnType<typeof watch<C>> {
  const recorder = record();
  const listeners = [...(config.listeners ?? []), recorder.listener];
  return Object.assign(watch(runnable.stream$(input, { ...config, listeners })), recorder);
}
