/**
 * The events of runs as marbles: text for a test, pictures to keep, and the fold that draws them.
 *
 * @module rxlm/marbles
 */
export { type DrawOptions, drawDiagram, LAYOUT, titleOf } from './draw-diagram.js';
export type { Diagram, Lane, LaneEnding, Mark, MarkKind, Span, TimedRunEvent } from './diagram.js';
export { EMPTY_DIAGRAM, growDiagram } from './grow-diagram.js';
export { type RunMetrics, runMetrics } from './run-metrics.js';
export { runToHtml } from './run-to-html.js';
export { type MarbleTextOptions, runToMarbles } from './run-to-marbles.js';
export { runToSvg, type SvgOptions } from './run-to-svg.js';
export type {
  BarShape,
  Drawing,
  EndingShape,
  MarbleShape,
  MomentShape,
  Shape,
  TextShape,
} from './shapes.js';
export { isTimedRunEvent, toDiagram } from './to-diagram.js';
