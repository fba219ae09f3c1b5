/** The key under which an edge hands its demand on: in a config, and on the observer that it subscribes with. */
export const GATE: unique symbol = Symbol.for('rxlm.gate');

/**
 * Demand, as a reading loop sees it: an edge that can wait closes the gate while its consumer is busy, and a source
 * that can wait reads on when it opens. Time behind a closed gate counts against no clock.
 */
export interface Gate {
  /** Whether a source should wait before it reads on. */
  readonly closed: boolean;
  /** Tells the edge that a source waits for it: such a buffer is no sign of a source that runs away. */
  heed(): void;
  /** Calls back once when the gate opens. Gives what takes that back. */
  onOpen(callback: () => void): () => void;
  /** Hears of an error that a source cannot give anybody: a teardown that throws. */
  report?(error: unknown): void;
}

/**
 * The gate of the edge that a subscriber leads to, through whatever operators stand between.
 *
 * Best effort, for an edge that was given a bare Observable: RxJS chains each operator's subscriber to the next by
 * `destination`. Where a Subject stands between (`share`, `connect`), nothing is found, rightly: one of many
 * listeners must not stop the others.
 */
export function findGate(subscriber: object): Gate | undefined {
  let link: object | undefined = subscriber;
  while (link !== undefined) {
    const { [GATE]: gate, destination, partialObserver }: Links = link;
    if (gate !== undefined) return gate;
    link = destination ?? partialObserver ?? undefined;
  }
  return undefined;
}

interface Links {
  readonly [GATE]?: Gate;
  readonly destination?: object | null;
  /** What RxJS calls the observer that was passed to `subscribe`. */
  readonly partialObserver?: object;
}
