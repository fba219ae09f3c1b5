import { BaseGate } from './base-gate.js';

/** @internal The gate of a client that says when it takes more: closed while it does not. */
export class ClientGate extends BaseGate {
  override closed = false;
  readonly report: (error: unknown) => void;

  constructor(report: (error: unknown) => void) {
    super();
    this.report = report;
  }

  /** Calls back the sources that wait, unless the client is busy again. */
  open(): void {
    if (!this.closed) this.openGate();
  }
}
