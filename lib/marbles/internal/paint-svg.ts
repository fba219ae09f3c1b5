import type { Drawing, MarbleShape, Shape } from '../shapes.js';
import { escapeMarkup } from './escape-markup.js';

/** Light, and dark by the reader's own setting. Colours differ in brightness too, and each kind has its shape. */
const STYLE = `
svg.rxlm{--ink:#1b1f24;--soft:#59636e;--line:#b6bfc9;--paper:#fff;--text:#0550ae;--reasoning:#6639ba;--arguments:#953800;--value:#116329;--start:#1b1f24;--custom:#7d4e00;--retry:#a40e26;--bytes:#59636e;--bad:#a40e26;--tool:#ffd8a8;--wait:#ffc1cc}
@media (prefers-color-scheme:dark){svg.rxlm{--ink:#e6edf3;--soft:#9ba6b2;--line:#4a535e;--paper:#0d1117;--text:#79c0ff;--reasoning:#d2a8ff;--arguments:#ffa657;--value:#7ee787;--start:#e6edf3;--custom:#e3b341;--retry:#ff9492;--bytes:#9ba6b2;--bad:#ff9492;--tool:#5a3a10;--wait:#67222f}}
svg.rxlm text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:var(--ink)}
svg.rxlm .tick,svg.rxlm .moment text{fill:var(--soft);font-size:10px}
svg.rxlm .note{fill:var(--bad);font-size:10px}
svg.rxlm .paper{fill:var(--paper)}
svg.rxlm .moment line{stroke:var(--soft);stroke-dasharray:3 3}
svg.rxlm .life{fill:var(--line)}
svg.rxlm .tool{fill:var(--tool);stroke:var(--arguments)}
svg.rxlm .wait{fill:var(--wait);stroke:var(--retry);stroke-dasharray:2 2}
svg.rxlm .ending{stroke:var(--ink);stroke-width:2;fill:none}
svg.rxlm .ending.error,svg.rxlm .ending.unsubscribed{stroke:var(--bad)}
${['start', 'text', 'reasoning', 'arguments', 'value', 'custom', 'retry', 'bytes']
  .map((kind) => `svg.rxlm .${kind}{fill:var(--${kind});stroke:var(--paper)}`)
  .join('\n')}`;

/** @internal A drawing as an SVG document: the same text for the same drawing, without a request to anywhere. */
export function paintSvg({ width, height, shapes }: Drawing, title: string): string {
  const size = `width="${String(width)}" height="${String(height)}"`;
  const box = `viewBox="0 0 ${String(width)} ${String(height)}"`;
  const name = escapeMarkup(title);
  return `<svg xmlns="http://www.w3.org/2000/svg" class="rxlm" ${size} ${box} role="img" aria-label="${name}">
<title>${name}</title>
<style>${STYLE}
</style>
<rect class="paper" width="100%" height="100%"/>
${shapes.map((shape) => paint(shape, width)).join('\n')}
</svg>
`;
}

function paint(shape: Shape, width: number): string {
  const at = `data-at="${round(shape.at)}"`;
  switch (shape.shape) {
    case 'marble':
      return `<path class="${shape.kind}" ${at} d="${outline(shape)}">${titled(shape.title)}</path>`;
    case 'bar': {
      const height = shape.kind === 'life' ? 2 : 14;
      const place = `x="${round(shape.x)}" y="${round(shape.y - height / 2)}"`;
      const size = `width="${round(shape.width)}" height="${String(height)}"`;
      return `<rect class="${shape.kind}" ${at} ${place} ${size}>${titled(shape.title)}</rect>`;
    }
    case 'ending':
      return `<path class="ending ${shape.kind}" ${at} d="${endingPath(shape)}">${titled(shape.title)}</path>`;
    case 'moment': {
      const { x, top, bottom, text } = shape;
      const line = `<line x1="${round(x)}" x2="${round(x)}" y1="${round(top)}" y2="${round(bottom)}"/>`;
      return `<g class="moment" ${at}>${line}${label(x + 3, top, text, '', width)}</g>`;
    }
    case 'text':
      if (shape.kind === 'tick')
        return `<text class="tick" x="${round(shape.x)}" y="${round(shape.y)}" text-anchor="middle">${escapeMarkup(shape.text)}</text>`;
      return shape.kind === 'note'
        ? label(shape.x + 10, shape.y - 7, shape.text, `class="note" ${at}`, width)
        : label(shape.x, shape.y + 4, shape.text, `class="${shape.kind}" ${at}`, width);
  }
}

/** A text, which turns to the left where there is more room. */
function label(x: number, y: number, text: string, attributes: string, width: number): string {
  const anchor = x > width * 0.6 ? ` text-anchor="end"` : '';
  const place = anchor === '' ? x : x - 14;
  return `<text${attributes && ` ${attributes}`} x="${round(place)}" y="${round(y)}"${anchor}>${escapeMarkup(text)}</text>`;
}

/** A shape for each kind, so that none is known by its colour alone. */
function outline({ kind, x, y, radius }: MarbleShape): string {
  const r = kind === 'bytes' ? radius / 2 : radius;
  const [left, right, top, bottom] = [x - r, x + r, y - r, y + r].map(round);
  switch (kind) {
    case 'arguments':
      return `M${left} ${round(y)}L${round(x)} ${top}L${right} ${round(y)}L${round(x)} ${bottom}Z`;
    case 'start':
      return `M${left} ${top}L${right} ${round(y)}L${left} ${bottom}Z`;
    case 'value':
    case 'bytes':
      return `M${left} ${top}H${right}V${bottom}H${left}Z`;
    case 'retry':
      return `M${left} ${bottom}L${round(x)} ${top}L${right} ${bottom}Z`;
    case 'custom':
      return `M${left} ${top}L${right} ${top}L${round(x)} ${bottom}Z`;
    case 'text':
      return circle(x, y, r);
    case 'reasoning':
      // A ring: the circle inside goes the other way round.
      return circle(x, y, r) + circle(x, y, r / 2, 0);
  }
}

/** Two halves, in lengths relative to each other: rounded ends would make an ellipse of them. */
function circle(x: number, y: number, radius: number, sweep: 0 | 1 = 1): string {
  const r = round(radius);
  const across = round(2 * Number(r));
  const half = `a${r} ${r} 0 1 ${String(sweep)} `;
  return `M${round(x - Number(r))} ${round(y)}${half}${across} 0${half}-${across} 0Z`;
}

function endingPath({ kind, x, y }: Extract<Shape, { shape: 'ending' }>): string {
  const [left, right, top, bottom] = [x - 6, x + 6, y - 6, y + 6].map(round);
  const cross = `M${left} ${top}L${right} ${bottom}`;
  if (kind === 'complete') return `M${round(x)} ${round(y - 10)}V${round(y + 10)}`;
  if (kind === 'error') return `${cross}M${left} ${bottom}L${right} ${top}`;
  return circle(x, y, 8.5) + cross;
}

const titled = (title: string) => `<title>${escapeMarkup(title)}</title>`;
const round = (value: number) => String(Math.round(value * 10) / 10);
