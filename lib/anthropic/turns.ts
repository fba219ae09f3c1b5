import { builtins } from './builtins.js';

/**
 * @internal Turns of Node's event loop, one for each who asks, in the order in which they have asked. All that has come by then
 * goes first: who begins each of many requests in a turn of its own keeps no stream waiting for all of them.
 */
export class Turns {
  private last = Promise.resolve();

  /** Settles when its turn has come; elsewhere than in Node at once. */
  next(): Promise<void> {
    // Not the global one: a test may have put a clock of its own in its place.
    const timers = builtins()?.('node:timers');
    if (timers !== undefined) {
      const turn = () => new Promise<void>((resolve) => void timers.setImmediate(resolve));
      this.last = this.last.then(turn);
    }
    return this.last;
  }
}
