import type { TimedRunEvent } from 'rxlm/marbles';
import { History } from './history.js';

/** All that the views show. */
export interface PageState {
  /** By the id of the root, the last one at the end. */
  readonly runs: ReadonlyMap<string, History>;
  readonly selected?: string;
  readonly compared?: string;
  /** How many events are shown; absent while the run is followed live. */
  readonly position?: number;
  /** The index of the event that is looked at. */
  readonly chosen?: number;
  readonly filter: string;
}

export type Action =
  | { readonly type: 'event'; readonly event: TimedRunEvent }
  | { readonly type: 'select' | 'compare'; readonly id: string }
  | { readonly type: 'go' | 'choose'; readonly to: number }
  | { readonly type: 'step'; readonly by: number }
  | { readonly type: 'filter'; readonly text: string };

export const NO_RUNS: PageState = { runs: new Map(), filter: '' };
/** Older runs are forgotten. */
const MOST_RUNS = 20;

/** The state after an action: made for `scan`. A run's own history grows in place, so that an event costs the same however many there are. */
export function reduce(state: PageState, action: Action): PageState {
  switch (action.type) {
    case 'event':
      return addEvent(state, action.event);
    case 'select': {
      const { position: _position, chosen: _chosen, ...rest } = state;
      return { ...rest, selected: action.id };
    }
    case 'compare': {
      const { compared: _compared, ...rest } = state;
      return action.id === '' ? rest : { ...rest, compared: action.id };
    }
    case 'go':
      return go(state, action.to);
    case 'step':
      return go(state, (state.position ?? selectedRun(state)?.events.length ?? 0) + action.by);
    case 'choose':
      return { ...state, chosen: action.to };
    case 'filter':
      return { ...state, filter: action.text };
  }
}

export function selectedRun({ runs, selected = '' }: PageState): History | undefined {
  return runs.get(selected);
}

function addEvent(state: PageState, event: TimedRunEvent): PageState {
  const id = event.value.parent_ids[0] ?? event.value.run_id;
  const known = state.runs.get(id);
  if (known !== undefined) {
    known.add(event);
    return { ...state };
  }
  const run = new History(event);
  run.add(event);
  const runs = new Map([...state.runs, [id, run] as const].slice(-MOST_RUNS));
  return reduce({ ...state, runs }, { type: 'select', id });
}

/** At its last event a run is followed again. */
function go(state: PageState, to: number): PageState {
  const { position: _position, ...live } = state;
  const count = selectedRun(state)?.events.length ?? 0;
  return to >= count ? live : { ...live, position: Math.max(0, to) };
}
