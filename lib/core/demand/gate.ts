import { nextConsumer } from '../internal/rxjs-internals.js';

/** The key under which an edge passes its gate on: in a config, and on the observer that it subscribes with. */
export const GATE: unique symbol = Symbol.for('rxlm.gate');

/**
 * Demand, as a reading loop sees it: an edge with backpressure closes the gate while its consumer is busy, and a source
 * that can pause reads on when it opens. Time behind a closed gate counts against no clock.
 */
export interface Gate {
  /** Whether a source should wait before it reads on. */
  readonly closed: boolean;
  /** Says that a source respects this gate, so that the edge need not bound its buffer. */
  heed(): void;
  /** Calls back once when the gate opens. Returns a function that cancels the callback. */
  onOpen(callback: () => void): () => void;
  /** Takes an error that a source cannot emit: a teardown that throws. */
  report?(error: unknown): void;
}

/**
 * The gate of the edge that a subscriber leads to, through the operators in between.
 *
 * Best effort, for an edge that was given a bare Observable. Behind a Subject (`share`, `connect`) nothing is found, because one of
 * many subscribers must not stop the others.
 */
export function findGate(subscriber: object): Gate | undefined {
  let consumer: { readonly [GATE]?: Gate } | undefined = subscriber;
  while (consumer !== undefined) {
    if (consumer[GATE] !== undefined) return consumer[GATE];
    consumer = nextConsumer(consumer);
  }
  return undefined;
}
