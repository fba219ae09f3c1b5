import type { Gate } from '../../core/demand/gate.js';

/**
 * @internal The gate of a source that is held for somebody: closed by who holds it, until it is handed over to the gate of
 * who takes it, or to nobody's.
 */
export class Handover implements Gate {
  private isHeld = false;
  private isHeeded = false;
  private taker: Gate | undefined;
  private waiting: (() => void)[] = [];
  private readonly ownReport: (error: unknown) => void;

  constructor(report: (error: unknown) => void) {
    this.ownReport = report;
  }

  get closed(): boolean {
    return this.isHeld || (this.taker?.closed ?? false);
  }

  heed(): void {
    this.isHeeded = true;
    this.taker?.heed();
  }

  onOpen(callback: () => void): () => void {
    if (!this.isHeld && this.taker !== undefined) return this.taker.onOpen(callback);
    let takeBack: (() => void) | undefined;
    const wait = () => {
      // Whoever has taken it may still have to wait.
      if (this.taker?.closed === true) takeBack = this.taker.onOpen(callback);
      else callback();
    };
    this.waiting.push(wait);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== wait);
      takeBack?.();
    };
  }

  report(error: unknown): void {
    if (this.taker?.report === undefined) this.ownReport(error);
    else this.taker.report(error);
  }

  close(): void {
    this.isHeld = true;
  }

  handTo(taker: Gate | undefined): void {
    this.isHeld = false;
    this.taker = taker;
    if (this.isHeeded) taker?.heed();
    for (const wait of this.waiting.splice(0)) wait();
  }
}
