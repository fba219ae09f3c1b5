import { describeValue } from '../core/internal/describe-value.js';
import type { TimedRunEvent } from './diagram.js';
import { drawDiagram } from './draw-diagram.js';
import { cutText } from './internal/preview.js';
import { paintSvg } from './internal/paint-svg.js';
import { toDiagram } from './to-diagram.js';

/** How {@link runToSvg} draws. */
export interface SvgOptions {
  /** Pixels, at least 320. @defaultValue 960 */
  readonly width?: number | undefined;
  /** What the picture is called, for screen readers. By default the name of the first run. */
  readonly title?: string | undefined;
}

/**
 * Draws the events of a run as an SVG document of marbles, a lane a run.
 *
 * The picture is light or dark as its reader's system is, asks nothing of the network, has no script, and is the same text for the
 * same events. What a run says is escaped and cut; marbles that lie on each other are drawn as one.
 *
 * @throws TypeError where `width` is less than 320 or no number, or an element is no event with its time.
 * @example
 * import { lastValueFrom, timestamp, toArray } from 'rxjs';
 * import { runToSvg } from 'rxlm/marbles';
 * const greet = lambda((name: string) => `Hello ${name}!`, { name: 'greet' });
 * const events = await lastValueFrom(greet.events$('moon').pipe(timestamp(), toArray()));
 * runToSvg(events).slice(0, 4) // => '<svg'
 */
export function runToSvg(events: Iterable<TimedRunEvent>, options: SvgOptions = {}): string {
  const { width = 960, title } = options;
  if (!(typeof width === 'number' && width >= 320 && width <= 10_000))
    throw new TypeError(
      `width must be a number of pixels from 320 to 10000, got ${describeValue(width)}`,
    );
  const diagram = toDiagram(events);
  const name = title ?? `Marbles of ${diagram.lanes[0]?.name ?? 'no run'}`;
  return paintSvg(drawDiagram(diagram, { width }), cutText(name));
}
