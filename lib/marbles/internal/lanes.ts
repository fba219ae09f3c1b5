import type { RunEvent, RunType } from '../../core/events/run-event.js';
import type { Diagram, Lane } from '../diagram.js';
import { cutText } from './preview.js';
import { startLane } from './growing-lane.js';

/** A diagram of more lanes helps nobody, and each event costs time in proportion to them. */
const MOST_LANES = 200;
const NONE: readonly string[] = [];
const LONGEST_NAME = 60;

/** @internal The diagram with a lane in the place of another, and behind the lanes of its tree where it is a new one. */
export function putLane(diagram: Diagram, lane: Lane, parent?: Lane): Diagram {
  const { lanes } = diagram;
  const index = lanes.findIndex(({ id }) => id === lane.id);
  if (index >= 0) return { ...diagram, lanes: lanes.with(index, lane) };
  if (lanes.length >= MOST_LANES) return { ...diagram, omitted: diagram.omitted + 1 };
  return { ...diagram, lanes: lanes.toSpliced(placeOf(lanes, parent), 0, lane) };
}

/** @internal */
export function findLane(diagram: Diagram, id: string): Lane | undefined {
  return diagram.lanes.find((lane) => lane.id === id);
}

/** @internal The innermost run around an event's run that has a lane. */
export function parentLane(diagram: Diagram, event: RunEvent): Lane | undefined {
  const ids: readonly string[] = Array.isArray(event.parent_ids) ? event.parent_ids : NONE;
  const id = ids.findLast((each) => findLane(diagram, each) !== undefined);
  return id === undefined ? undefined : findLane(diagram, id);
}

/** @internal A lane for the run of an event. */
export function runLane(event: RunEvent, type: Lane['type'], at: number, depth: number): Lane {
  return startLane({
    id: event.run_id,
    name: cutText(event.name, LONGEST_NAME),
    type,
    depth,
    startedAt: at,
  });
}

/** @internal A lane under that of a model, for one kind of what it says. */
export function partLane(model: Lane, part: 'reasoning' | 'arguments', at: number): Lane {
  const { id, type, depth } = model;
  return startLane({ id: `${id}/${part}`, name: part, type, depth: depth + 1, startedAt: at });
}

/** @internal The type of run in an event's name. */
export function typeOf(event: string): RunType {
  return event.slice('on_'.length, event.lastIndexOf('_')) as RunType;
}

function placeOf(lanes: readonly Lane[], parent: Lane | undefined): number {
  if (parent === undefined) return lanes.length;
  let place = lanes.findIndex(({ id }) => id === parent.id) + 1;
  for (; (lanes[place]?.depth ?? 0) > parent.depth; place++);
  return place;
}
