import type { Drawing, MarbleShape, Shape } from 'rxlm/marbles';

/** Colours by the names of the style sheet's variables. */
export type Palette = (name: string) => string;

/** Paints a drawing on a canvas, in pixels of the screen. `lit` are events to be seen: the one looked at and its causes. */
export function paintCanvas(
  canvas: HTMLCanvasElement,
  { width, height, shapes }: Drawing,
  palette: Palette,
  lit: ReadonlySet<number>,
): void {
  const ratio = window.devicePixelRatio;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.height = `${String(height)}px`;
  }
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = '10px ui-monospace, Menlo, Consolas, monospace';
  for (const shape of shapes) paint(context, shape, palette, lit, width);
}

function paint(
  context: CanvasRenderingContext2D,
  shape: Shape,
  palette: Palette,
  lit: ReadonlySet<number>,
  width: number,
): void {
  context.setLineDash([]);
  context.lineWidth = 1;
  switch (shape.shape) {
    case 'bar': {
      const height = shape.kind === 'life' ? 2 : 14;
      context.fillStyle = palette(shape.kind === 'life' ? 'line' : shape.kind);
      context.fillRect(shape.x, shape.y - height / 2, shape.width, height);
      if (shape.kind === 'life') return;
      context.strokeStyle = palette(shape.kind === 'tool' ? 'arguments' : 'retry');
      context.strokeRect(shape.x, shape.y - height / 2, shape.width, height);
      return;
    }
    case 'moment':
      context.strokeStyle = context.fillStyle = palette('soft');
      context.setLineDash([3, 3]);
      line(context, [shape.x, shape.top], [shape.x, shape.bottom]);
      text(context, shape.text, shape.x + 3, shape.top, width);
      return;
    case 'ending':
      context.lineWidth = 2;
      context.strokeStyle = palette(shape.kind === 'complete' ? 'ink' : 'bad');
      ending(context, shape);
      return;
    case 'text':
      if (shape.kind === 'name') return;
      context.fillStyle = palette(shape.kind === 'note' ? 'bad' : 'soft');
      if (shape.kind === 'note') text(context, shape.text, shape.x + 10, shape.y - 6, width);
      else text(context, shape.text, shape.x, shape.y, width);
      return;
    case 'marble':
      marble(context, shape, palette, lit.has(shape.event));
  }
}

function marble(
  context: CanvasRenderingContext2D,
  { kind, x, y, radius, count }: MarbleShape,
  palette: Palette,
  isLit: boolean,
): void {
  const r = (kind === 'bytes' ? radius / 2 : radius) + (count > 1 ? 1 : 0);
  if (isLit) {
    context.fillStyle = palette('chosen');
    circle(context, x, y, r + 6);
    context.fill();
    context.strokeStyle = palette('ink');
    context.stroke();
  }
  context.fillStyle = context.strokeStyle = palette(kind);
  if (kind === 'text' || kind === 'reasoning') circle(context, x, y, r);
  else polygon(context, CORNERS[kind], x, y, r);
  if (kind === 'reasoning') {
    context.lineWidth = 2;
    context.stroke();
  } else context.fill();
}

type Corners = readonly (readonly [number, number])[];
const SQUARE: Corners = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
];
const CORNERS: Readonly<Record<Exclude<MarbleShape['kind'], 'text' | 'reasoning'>, Corners>> = {
  arguments: [
    [-1, 0],
    [0, -1],
    [1, 0],
    [0, 1],
  ],
  start: [
    [-1, -1],
    [1, 0],
    [-1, 1],
  ],
  value: SQUARE,
  bytes: SQUARE,
  retry: [
    [-1, 1],
    [0, -1],
    [1, 1],
  ],
  custom: [
    [-1, -1],
    [1, -1],
    [0, 1],
  ],
};

function polygon(
  context: CanvasRenderingContext2D,
  corners: Corners,
  x: number,
  y: number,
  r: number,
): void {
  context.beginPath();
  for (const [dx, dy] of corners) context.lineTo(x + dx * r, y + dy * r);
  context.closePath();
}

function circle(context: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  context.beginPath();
  context.arc(x, y, r, 0, 2 * Math.PI);
}

type Point = readonly [number, number];
function line(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

function ending(
  context: CanvasRenderingContext2D,
  { kind, x, y }: Extract<Shape, { shape: 'ending' }>,
): void {
  if (kind === 'complete') {
    line(context, [x, y - 10], [x, y + 10]);
    return;
  }
  line(context, [x - 6, y - 6], [x + 6, y + 6]);
  if (kind === 'error') {
    line(context, [x - 6, y + 6], [x + 6, y - 6]);
    return;
  }
  circle(context, x, y, 8.5);
  context.stroke();
}

/** A text, which turns to the left where there is more room. */
function text(
  context: CanvasRenderingContext2D,
  words: string,
  x: number,
  y: number,
  width: number,
): void {
  const isLate = x > width * 0.6;
  context.textAlign = isLate ? 'right' : 'left';
  context.fillText(words, isLate ? x - 14 : x, y);
}
