import { BaseGate } from '../../core/demand/base-gate.js';
import type { Gate } from '../../core/demand/gate.js';

/** @internal The gate of a source whose consumer comes later: closed by its holder until it is handed to the consumer's gate. */
export class DeferredGate extends BaseGate {
  #isHeld = false;
  #consumer: Gate | undefined;
  readonly #ownReport: (error: unknown) => void;

  constructor(report: (error: unknown) => void) {
    super();
    this.#ownReport = report;
  }

  override get closed(): boolean {
    return this.#isHeld || (this.#consumer?.closed ?? false);
  }

  override heed(): void {
    super.heed();
    this.#consumer?.heed();
  }

  override onOpen(callback: () => void): () => void {
    if (!this.#isHeld && this.#consumer !== undefined) return this.#consumer.onOpen(callback);
    let stop: (() => void) | undefined;
    const stopHere = super.onOpen(() => {
      // The consumer may be busy itself.
      if (this.#consumer?.closed === true) stop = this.#consumer.onOpen(callback);
      else callback();
    });
    return () => {
      stopHere();
      stop?.();
    };
  }

  report(error: unknown): void {
    if (this.#consumer?.report === undefined) this.#ownReport(error);
    else this.#consumer.report(error);
  }

  close(): void {
    this.#isHeld = true;
  }

  handTo(consumer: Gate | undefined): void {
    this.#isHeld = false;
    this.#consumer = consumer;
    if (this.heeded) consumer?.heed();
    this.openGate();
  }
}
