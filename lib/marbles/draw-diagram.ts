import type { Diagram, Lane, Mark } from './diagram.js';
import { cutText } from './internal/preview.js';
import { TimeScale } from './internal/time-scale.js';
import type { Drawing, MarbleShape, Shape } from './shapes.js';

/** Where and how large a diagram is drawn. */
export interface DrawOptions {
  /** @defaultValue 960 */
  readonly width?: number | undefined;
  /** The room for the names of the lanes. @defaultValue 190 */
  readonly left?: number | undefined;
  /** The part of the time that is shown, in milliseconds since the start. All by default. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Lengths in pixels, shared by all that draw. */
export const LAYOUT = { row: 30, top: 38, bottom: 26, left: 190, right: 24 } as const;

/** Marbles that are nearer than this are drawn as one. */
const NEAR = 4;
const LONGEST_NAME = 24;

/**
 * Lays a diagram out: where each marble, bar, ending and moment lies. A pure function; what draws (SVG, a canvas) only paints.
 *
 * Marbles that are nearer than four pixels are one with a `count`, so that a drawing has as many shapes as its width allows,
 * however many events there were.
 *
 * @example
 * import { drawDiagram, EMPTY_DIAGRAM } from 'rxlm/marbles';
 * drawDiagram(EMPTY_DIAGRAM, { width: 600 }).width // => 600
 */
export function drawDiagram(diagram: Diagram, options: DrawOptions = {}): Drawing {
  const { lanes, duration } = diagram;
  const {
    width = 960,
    left = LAYOUT.left,
    from = 0,
    to = Math.max(duration, lastWait(lanes)),
  } = options;
  const scale = new TimeScale(from, to, left, width - LAYOUT.right);
  const bottom = LAYOUT.top + lanes.length * LAYOUT.row;
  const shapes: Shape[] = scale.ticks().map((at) => ({
    shape: 'text',
    kind: 'tick',
    x: scale.x(at),
    y: bottom + 16,
    text: scale.label(at),
    at: 0,
  }));
  shapes.push(...momentsOf(diagram, scale, bottom));
  for (const [index, lane] of lanes.entries())
    drawLane(shapes, lane, index, scale, Math.max(duration, from));
  return { width, height: bottom + LAYOUT.bottom, shapes };
}

function momentsOf(diagram: Diagram, scale: TimeScale, bottom: number): Shape[] {
  const moments = [
    ['first byte', diagram.firstByteAt],
    ['first token', diagram.firstTokenAt],
    ['last token', diagram.lastTokenAt],
  ] as const;
  return moments.flatMap(([text, at], index) =>
    at === undefined || !scale.shows(at)
      ? []
      : [{ shape: 'moment', x: scale.x(at), top: 10 + index * 10, bottom, text, at }],
  );
}

function drawLane(shapes: Shape[], lane: Lane, index: number, scale: TimeScale, now: number): void {
  const { startedAt, endedAt, ending, waits, type, depth, name, note = '' } = lane;
  const y = LAYOUT.top + index * LAYOUT.row + LAYOUT.row / 2;
  const bar = (kind: 'life' | 'tool' | 'wait', start: number, end: number, title: string) => {
    const [x, right] = [scale.inside(start), scale.inside(end)];
    if (right > x || scale.shows(start))
      shapes.push({ shape: 'bar', kind, x, y, width: Math.max(1, right - x), at: start, title });
  };
  shapes.push({
    shape: 'text',
    kind: 'name',
    x: 8 + depth * 12,
    y,
    text: cutText(name, Math.max(6, LONGEST_NAME - depth * 2)),
    at: startedAt,
  });
  bar(type === 'tool' ? 'tool' : 'life', startedAt, endedAt ?? now, name);
  for (const { from, to, text } of waits) bar('wait', from, to, text);
  shapes.push(...clusters(lane.marks, index, y, scale));
  if (ending === undefined || endedAt === undefined || !scale.shows(endedAt)) return;
  const x = scale.x(endedAt);
  shapes.push({ shape: 'ending', kind: ending, x, y, at: endedAt, title: note || ending });
  if (note !== '') shapes.push({ shape: 'text', kind: 'note', x, y, text: note, at: endedAt });
}

function clusters(
  marks: readonly Mark[],
  lane: number,
  y: number,
  scale: TimeScale,
): MarbleShape[] {
  const found: MarbleShape[] = [];
  let first: Mark | undefined;
  let x = 0;
  let count = 0;
  let size = 0;
  const close = () => {
    if (first === undefined) return;
    const { kind, at, event } = first;
    const radius = Math.min(8, 3.5 + Math.log2(size + 1) * 0.5);
    const title = count === 1 ? titleOf(first) : `${String(count)} × ${kind}, ${scale.label(at)}`;
    found.push({ shape: 'marble', kind, x, y, radius, at, lane, count, title, event });
  };
  for (const mark of marks) {
    if (!scale.shows(mark.at)) continue;
    const place = scale.x(mark.at);
    if (first?.kind === mark.kind && place - x < NEAR) {
      count += 1;
      size += mark.size;
      continue;
    }
    close();
    [first, x, count, size] = [mark, place, 1, mark.size];
  }
  close();
  return found;
}

/** A marble in words, for a reader and a screen reader. */
export function titleOf({ kind, at, size, text }: Mark): string {
  const unit =
    kind === 'bytes' ? '' : `, ${String(size)} ${size === 1 ? 'character' : 'characters'}`;
  const counted = kind === 'text' || kind === 'reasoning' || kind === 'arguments' ? unit : '';
  return `${kind}${counted}, ${String(Math.round(at))} ms${text === '' ? '' : `: ${text}`}`;
}

function lastWait(lanes: readonly Lane[]): number {
  return Math.max(0, ...lanes.flatMap(({ waits }) => waits.map(({ to }) => to)));
}
