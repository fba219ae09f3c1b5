import { builtins } from './builtins.js';

/**
 * @internal StartQueue of Node's event loop, one for each who asks, in the order in which they have asked. All that has come by then
 * goes first: who begins each of many requests in a turn of its own keeps no stream waiting for all of them.
 */
export class StartQueue {
  #last = Promise.resolve();

  /** Settles when its turn has come; elsewhere than in Node at once. */
  next(): Promise<void> {
    if (onTurn === undefined) return Promise.resolve();
    this.#last = this.#last.then(() => new Promise<void>((resolve) => void onTurn(resolve)));
    return this.#last;
  }
}

/** Taken when this is loaded: tests put clocks of their own in its place, also in Node's module. */
const onTurn = /* @__PURE__ */ builtins()?.('node:timers').setImmediate;
