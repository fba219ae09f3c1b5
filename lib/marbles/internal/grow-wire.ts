import type { RunEvent } from '../../core/events/run-event.js';
import type { Diagram } from '../diagram.js';
import { addMark, changeLane } from './growing-lane.js';
import { findLane, parentLane, putLane, runLane } from './lanes.js';
import { cutText } from './preview.js';

/** @internal The diagram with what happened on a connection. */
export function growWire(
  diagram: Diagram,
  event: RunEvent,
  { phase, bytes, by, finished, note }: Readonly<Record<string, unknown>>,
  at: number,
): Diagram {
  const known = findLane(diagram, event.run_id);
  const lane = known ?? runLane(event, 'wire', at, (parentLane(diagram, event)?.depth ?? -1) + 1);
  const index = diagram.events - 1;
  if (phase === 'request') {
    const mark = { kind: 'start', size: 1, text: 'request', at, event: index } as const;
    return putLane(diagram, addMark(lane, mark), parentLane(diagram, event));
  }
  if (known === undefined) return diagram;
  if (phase === 'bytes' && typeof bytes === 'number') {
    const text = `${String(bytes)} bytes`;
    const mark = { kind: 'bytes', size: bytes, text, at, event: index } as const;
    const { firstByteAt = at, causes } = diagram;
    return putLane(
      { ...diagram, firstByteAt, causes: { ...causes, wire: index } },
      addMark(known, mark),
    );
  }
  if (phase !== 'close') return diagram;
  return putLane(
    diagram,
    changeLane(known, {
      endedAt: at,
      ending: by === 'client' ? 'unsubscribed' : finished === false ? 'error' : 'complete',
      ...(typeof note === 'string' ? { note: cutText(note) } : {}),
    }),
  );
}
