import type { Gate } from '../../core/demand/gate.js';

/** @internal The gate of a client that says when it takes more: closed while it does not. */
export class ClientGate implements Gate {
  closed = false;
  heeded = false;
  readonly report: (error: unknown) => void;
  private waiting: (() => void)[] = [];

  constructor(report: (error: unknown) => void) {
    this.report = report;
  }

  heed(): void {
    this.heeded = true;
  }

  onOpen(callback: () => void): () => void {
    this.waiting.push(callback);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== callback);
    };
  }

  /** Lets on who waits, unless the client takes no more again. */
  open(): void {
    if (this.closed) return;
    for (const callback of this.waiting.splice(0)) callback();
  }
}
