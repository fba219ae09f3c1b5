import type { LaneEnding, MarkKind } from './diagram.js';

interface Place {
  readonly x: number;
  readonly y: number;
}

/** One or more marbles of a lane that lie on one place. */
export interface MarbleShape extends Place {
  readonly shape: 'marble';
  readonly kind: MarkKind;
  readonly radius: number;
  /** Milliseconds since the diagram's start. */
  readonly at: number;
  readonly lane: number;
  /** How many marbles it stands for. */
  readonly count: number;
  readonly title: string;
  /** The index of its first event. */
  readonly event: number;
}
/** The life of a lane, the work of a tool, or a wait. */
export interface BarShape extends Place {
  readonly shape: 'bar';
  readonly kind: 'life' | 'tool' | 'wait';
  readonly width: number;
  readonly at: number;
  readonly title: string;
}
/** How a lane ended. */
export interface EndingShape extends Place {
  readonly shape: 'ending';
  readonly kind: LaneEnding;
  readonly at: number;
  readonly title: string;
}
/** A moment of the whole diagram: the first byte, the first or the last token. */
export interface MomentShape {
  readonly shape: 'moment';
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly text: string;
  readonly at: number;
}
/** Words beside the lanes. */
export interface TextShape extends Place {
  readonly shape: 'text';
  readonly kind: 'name' | 'tick' | 'note';
  readonly text: string;
  readonly at: number;
}

/** What a diagram is drawn with, on a canvas or as SVG. Lengths are in pixels. */
export type Shape = MarbleShape | BarShape | EndingShape | MomentShape | TextShape;

/** A diagram as shapes. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}
