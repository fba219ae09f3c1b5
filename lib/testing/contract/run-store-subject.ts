import type { RunStore } from '../../runs/run-store.js';

/** A store to be checked. */
export interface RunStoreSubject {
  readonly store: RunStore;
  /** The same runs as another process sees them: a second store on the same engine, by connections of its own. */
  readonly other?: RunStore | undefined;
  /** Lets milliseconds pass: of virtual time where the store has such, else of real time. */
  readonly advance: (ms: number) => PromiseLike<void> | void;
  readonly close?: (() => PromiseLike<void> | void) | undefined;
}
