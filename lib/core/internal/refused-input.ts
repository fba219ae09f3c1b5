import { attempt } from './try-or-undefined.js';

/** What marks an error of `checkInput`; copies of the package (ESM and CJS) know each other's. */
const REFUSED: unique symbol = Symbol.for('rxlm.refusedInput');

/**
 * @internal Runs a check of an input, and marks what it throws: an edge can then distinguish input that a runnable refuses, which is
 * the client's fault, from a `TypeError` of the server's own code.
 */
export function checkingInput(check: () => void): void {
  try {
    check();
  } catch (error) {
    // A frozen error stays unmarked, and is taken for the server's.
    attempt(() => Object.defineProperty(error, REFUSED, { value: true, configurable: true }));
    throw error;
  }
}

/** @internal Whether an error was thrown by a runnable's check of its input. */
export function isRefusedInput(error: unknown): error is Error {
  return error instanceof Error && REFUSED in error;
}
