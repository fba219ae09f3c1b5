import {
  type Diagram,
  drawDiagram,
  type Drawing,
  type Lane,
  LAYOUT,
  type Mark,
  titleOf,
} from 'rxlm/marbles';
import { fromEvent, map, merge, type Observable, filter } from 'rxjs';
import { make, setText } from '../elements.js';
import { paintCanvas, type Palette } from '../paint-canvas.js';

/** A diagram on a canvas, with an element a lane for the keyboard and for screen readers. */
export class Timeline {
  /** The index of each event that is pointed at or moved to. */
  readonly choices$: Observable<number>;
  readonly #host: HTMLElement;
  readonly #canvas = make('canvas');
  readonly #lanes: HTMLElement[] = [];
  readonly #palette: Palette;
  #diagram: Diagram | undefined;
  #drawing: Drawing | undefined;

  constructor(host: HTMLElement, palette: Palette) {
    this.#host = host;
    this.#palette = palette;
    host.className = 'timeline';
    this.#canvas.setAttribute('aria-hidden', 'true');
    host.append(this.#canvas);
    const pointed$ = fromEvent<PointerEvent>(this.#canvas, 'pointermove').pipe(
      map(({ offsetX, offsetY }) => this.#nearest(offsetX, offsetY)),
    );
    const moved$ = fromEvent<KeyboardEvent>(host, 'keydown').pipe(
      map((event) => this.#move(event)),
    );
    this.choices$ = merge(pointed$, moved$).pipe(filter((index) => index !== undefined));
  }

  /** Draws a diagram up to a time; `chosen` and what it was made of are lit. */
  show(diagram: Diagram, to: number, chosen: number | undefined): void {
    const width = Math.max(320, this.#host.clientWidth);
    const left = width < 600 ? 110 : LAYOUT.left;
    this.#diagram = diagram;
    this.#drawing = drawDiagram(diagram, { width, left, to });
    paintCanvas(this.#canvas, this.#drawing, this.#palette, new Set(causesOf(diagram, chosen)));
    for (const lane of this.#lanes.splice(diagram.lanes.length)) lane.remove();
    for (const [index, lane] of diagram.lanes.entries()) this.#showLane(lane, index, left, chosen);
  }

  #showLane(lane: Lane, index: number, left: number, chosen: number | undefined): void {
    const shown = this.#lanes[index] ?? this.#addLane(index);
    const { marks } = lane;
    const at = chosen === undefined ? -1 : indexOfEvent(marks, chosen);
    const mark = marks[at];
    shown.style.width = `${String(left - 12)}px`;
    shown.style.paddingLeft = `${String(4 + Math.min(lane.depth, 6) * 10)}px`;
    setText(shown, lane.name);
    set(
      shown,
      'aria-label',
      `${lane.name}, ${String(marks.length)} marbles, ${lane.ending ?? 'running'}`,
    );
    set(shown, 'aria-valuemax', String(marks.length));
    set(shown, 'aria-valuenow', String(at + 1));
    set(shown, 'aria-valuetext', mark === undefined ? 'no marble chosen' : titleOf(mark));
  }

  #addLane(index: number): HTMLElement {
    const lane = make('div', 'lane');
    lane.tabIndex = 0;
    lane.setAttribute('role', 'slider');
    lane.setAttribute('aria-valuemin', '0');
    lane.dataset['index'] = String(index);
    lane.style.top = `${String(LAYOUT.top + index * LAYOUT.row + 3)}px`;
    this.#lanes.push(lane);
    this.#host.append(lane);
    return lane;
  }

  /** The event of the marble that lies nearest to a place, within reach of a pointer. */
  #nearest(x: number, y: number): number | undefined {
    let found: number | undefined;
    let least = 12;
    for (const shape of this.#drawing?.shapes ?? []) {
      if (shape.shape !== 'marble') continue;
      const distance = Math.hypot(shape.x - x, shape.y - y);
      if (distance < least) [found, least] = [shape.event, distance];
    }
    return found;
  }

  /** Arrow keys, Home and End move through a lane; `[` and `]` to the lane before and after it. */
  #move(event: KeyboardEvent): number | undefined {
    const { index = '' } = (event.target as HTMLElement).dataset;
    const place = Number(index);
    if (event.key === '[' || event.key === ']') {
      this.#lanes[place + (event.key === ']' ? 1 : -1)]?.focus();
      return undefined;
    }
    const marks = this.#diagram?.lanes[place]?.marks ?? [];
    const now = Number(this.#lanes[place]?.getAttribute('aria-valuenow') ?? 0) - 1;
    const to = new Map([
      ['ArrowRight', now + 1],
      ['ArrowUp', now + 1],
      ['ArrowLeft', now - 1],
      ['ArrowDown', now - 1],
      ['Home', 0],
      ['End', marks.length - 1],
    ]).get(event.key);
    if (to === undefined) return undefined;
    event.preventDefault();
    return marks[Math.max(0, Math.min(to, marks.length - 1))]?.event;
  }
}

/** An event and those that it was made of. */
export function causesOf(diagram: Diagram, event: number | undefined): number[] {
  const found: number[] = [];
  for (let at = event; at !== undefined && !found.includes(at); at = findMark(diagram, at)?.cause)
    found.push(at);
  return found;
}

/** The marble of an event. */
export function findMark({ lanes }: Diagram, event: number): Mark | undefined {
  for (const { marks } of lanes) {
    const index = indexOfEvent(marks, event);
    if (index >= 0) return marks[index];
  }
  return undefined;
}

/** Marbles are in the order of their events. */
function indexOfEvent(marks: readonly Mark[], event: number): number {
  let low = 0;
  let high = marks.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = marks[middle]?.event ?? 0;
    if (found === event) return middle;
    if (found < event) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function set(target: HTMLElement, name: string, value: string): void {
  if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}
