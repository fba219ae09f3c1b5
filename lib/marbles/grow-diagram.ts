import { isRecord } from '../core/internal/is-record.js';
import type { RunEvent } from '../core/events/run-event.js';
import { isEnding, phaseOf } from '../operators/internal/event-phase.js';
import type { UsageMetadata } from '../messages/usage-metadata.js';
import type { Diagram, Lane, LaneEnding, Mark, TimedRunEvent } from './diagram.js';
import { growWire } from './internal/grow-wire.js';
import { addMark, changeLane } from './internal/growing-lane.js';
import { findLane, parentLane, partLane, putLane, runLane, typeOf } from './internal/lanes.js';
import { cutText, preview } from './internal/preview.js';
import { type Content, readChunk } from './internal/read-chunk.js';

/** A diagram without events: the seed of {@link growDiagram}. */
export const EMPTY_DIAGRAM: Diagram = Object.freeze({
  duration: 0,
  events: 0,
  lanes: Object.freeze([]),
  omitted: 0,
  causes: Object.freeze({}),
});

const ENDINGS: Readonly<Record<string, LaneEnding>> = {
  end: 'complete',
  error: 'error',
  cancel: 'unsubscribed',
};

/**
 * Adds an event to a diagram of marbles: a pure function, made for `scan` and `reduce`. The same events give the same
 * diagram, live, later and in another process.
 *
 * Each run has a lane, in the order of the tree. A model's reasoning and its tool arguments have lanes of their own. A custom
 * event named `wire` draws a connection: its data is `{ phase: 'request' }`, `{ phase: 'bytes', bytes }` or
 * `{ phase: 'close', by: 'client' | 'server', finished?: false, note? }`. Events of runs whose start is missing are counted and not drawn. Beyond 200
 * lanes, runs are counted in `omitted`.
 *
 * An event costs time in proportion to the lanes, not to the marbles. Events may be JSON from elsewhere: texts are cut, and what
 * a terminal or a page would obey is escaped.
 *
 * @example
 * import { map, scan, timestamp } from 'rxjs';
 * import { EMPTY_DIAGRAM, growDiagram } from 'rxlm/marbles';
 * const greet = lambda((name: string) => `Hello ${name}!`, { name: 'greet' });
 * const diagram$ = greet.events$('moon').pipe(timestamp(), scan(growDiagram, EMPTY_DIAGRAM));
 * diagram$.pipe(map(({ lanes }) => lanes.map(({ name, ending }) => [name, ending])));
 */
export function growDiagram(diagram: Diagram, { value: event, timestamp }: TimedRunEvent): Diagram {
  const startedAt = diagram.startedAt ?? timestamp;
  // A clock may be set back; a diagram's time goes on.
  const at = Math.max(diagram.duration, timestamp - startedAt);
  const grown = { ...diagram, startedAt, duration: at, events: diagram.events + 1 };
  const phase = phaseOf(event.event);
  const data = isRecord(event.data) ? event.data : {};
  if (event.event === 'on_custom_event') {
    if (event.name === 'wire') return growWire(grown, event, data, at);
    return growRun(grown, event, (lane) => addMark(lane, mark(grown, at, customOf(event))));
  }
  if (phase === 'start') return startRun(grown, event, data['input'], at);
  if (phase === 'stream') return addChunk(grown, event, data['chunk'], at);
  if (phase === 'retry') return growRun(grown, event, (lane) => retryOf(grown, lane, data, at));
  return isEnding(phase) ? endRun(grown, event, data, at) : grown;
}

function startRun(diagram: Diagram, event: RunEvent, input: unknown, at: number): Diagram {
  const parent = parentLane(diagram, event);
  const type = typeOf(event.event);
  const lane = runLane(event, type, at, parent === undefined ? 0 : parent.depth + 1);
  const start = mark(diagram, at, { kind: 'start', size: 1, text: preview(input ?? '') });
  const cause = type === 'tool' ? diagram.causes.model : undefined;
  return putLane(diagram, addMark(lane, cause === undefined ? start : { ...start, cause }), parent);
}

function addChunk(diagram: Diagram, event: RunEvent, chunk: unknown, at: number): Diagram {
  const run = findLane(diagram, event.run_id);
  if (run === undefined) return diagram;
  const isModel = run.type === 'chat_model' || run.type === 'llm';
  const cause = isModel ? diagram.causes.wire : diagram.causes.model;
  let grown = diagram;
  for (const content of readChunk(chunk)) {
    const part = content.kind === 'reasoning' || content.kind === 'arguments';
    const lane =
      isModel && part
        ? (findLane(grown, `${run.id}/${content.kind}`) ?? partLane(run, content.kind, at))
        : (findLane(grown, run.id) ?? run);
    const made = mark(diagram, at, content);
    grown = putLane(grown, addMark(lane, cause === undefined ? made : { ...made, cause }), run);
    if (isModel) grown = countToken(grown, at);
  }
  const usage = isModel ? usageOf(chunk) : undefined;
  return usage === undefined ? grown : growRun(grown, event, (lane) => changeLane(lane, { usage }));
}

function countToken(diagram: Diagram, at: number): Diagram {
  const { firstTokenAt = at, causes, events } = diagram;
  return { ...diagram, firstTokenAt, lastTokenAt: at, causes: { ...causes, model: events - 1 } };
}

function endRun(
  diagram: Diagram,
  event: RunEvent,
  { error, output }: Readonly<Record<string, unknown>>,
  at: number,
): Diagram {
  const ending = ENDINGS[phaseOf(event.event)] ?? 'complete';
  const close = (lane: Lane) => {
    const isModel = lane.type === 'chat_model' || lane.type === 'llm';
    const usage = (isModel ? usageOf(output) : undefined) ?? lane.usage;
    const waits = lane.waits.map((wait) => ({ ...wait, to: Math.min(wait.to, at) }));
    return changeLane(lane, {
      ending,
      endedAt: at,
      waits,
      ...(usage === undefined ? {} : { usage }),
      ...(isRecord(error) ? { note: errorText(error) } : {}),
    });
  };
  let grown = growRun(diagram, event, close);
  for (const part of ['reasoning', 'arguments']) {
    const lane = findLane(grown, `${event.run_id}/${part}`);
    if (lane !== undefined) grown = putLane(grown, changeLane(lane, { ending, endedAt: at }));
  }
  return grown;
}

function retryOf(
  diagram: Diagram,
  lane: Lane,
  { delayMs, error, attempt }: Readonly<Record<string, unknown>>,
  at: number,
): Lane {
  const wait = typeof delayMs === 'number' && delayMs >= 0 ? delayMs : 0;
  const text = `attempt ${preview(attempt)} failed: ${isRecord(error) ? errorText(error) : ''}`;
  const waits = [...lane.waits, { from: at, to: at + wait, text: cutText(text) }];
  const made = mark(diagram, at, { kind: 'retry', size: 1, text: cutText(text) });
  return changeLane(addMark(lane, made), { waits });
}

function growRun(diagram: Diagram, event: RunEvent, grow: (lane: Lane) => Lane): Diagram {
  const lane = findLane(diagram, event.run_id);
  return lane === undefined ? diagram : putLane(diagram, grow(lane));
}

function mark(diagram: Diagram, at: number, content: Content): Mark {
  return { ...content, at, event: diagram.events - 1 };
}

function customOf({ name, data }: RunEvent): Content {
  return { kind: 'custom', size: 1, text: cutText(`${name} ${preview(data)}`) };
}

function errorText({ code, name, message }: Readonly<Record<string, unknown>>): string {
  return cutText(`${preview(code ?? name ?? 'error')}: ${preview(message ?? '')}`);
}

function usageOf(value: unknown): UsageMetadata | undefined {
  const usage = isRecord(value) ? value['usage_metadata'] : undefined;
  return isRecord(usage) ? usage : undefined;
}
