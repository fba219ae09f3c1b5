import { GrowingList } from '../../operators/internal/growing-list.js';
import type { Lane, Mark } from '../diagram.js';

type Facts = Omit<Lane, 'marks'>;

const GROWING = Symbol('rxlm.growingLane');

interface GrowingLane extends Lane {
  readonly [GROWING]: { readonly facts: Facts; readonly marks: GrowingList<Mark> };
}

/** @internal A lane without marbles. */
export function startLane(facts: Omit<Facts, 'waits'>): Lane {
  return laneOf({ ...facts, waits: [] }, new GrowingList());
}

/** @internal The lane with another marble, at a cost that does not depend on how many it has. */
export function addMark(lane: Lane, mark: Mark): Lane {
  const { facts, marks } = (lane as GrowingLane)[GROWING];
  return laneOf(facts, marks.with(marks.length, mark));
}

/** @internal The lane with other facts and the same marbles. */
export function changeLane(lane: Lane, change: Partial<Facts>): Lane {
  const { facts, marks } = (lane as GrowingLane)[GROWING];
  return laneOf({ ...facts, ...change }, marks);
}

function laneOf(facts: Facts, marks: GrowingList<Mark>): Lane {
  const lane: GrowingLane = {
    ...facts,
    get marks() {
      return marks.items;
    },
    [GROWING]: { facts, marks },
  };
  return lane;
}
