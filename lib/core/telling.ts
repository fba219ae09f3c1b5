import { reportUnhandled } from './report-unhandled.js';
import type { RunEvent, RunListener } from './run-event.js';

/**
 * Tells the events of a tree of runs to those who listen, synchronously and to each in the same order.
 *
 * A listener may cause the next event while it is told one (it unsubscribes, say): then the others are told the one
 * before first. A listener that throws is reported, and the run goes on.
 */
export class Telling {
  private event: RunEvent | undefined;
  private listeners: readonly RunListener[] = [];
  private next = 0;

  tell(event: RunEvent, listeners: readonly RunListener[]): void {
    this.finish();
    this.event = event;
    this.listeners = listeners;
    this.next = 0;
    this.finish();
    this.event = undefined;
  }

  private finish(): void {
    const { event } = this;
    if (event === undefined) return;
    while (this.event === event && this.next < this.listeners.length) {
      const listener = this.listeners[this.next++] as RunListener;
      try {
        listener(event);
      } catch (error) {
        reportUnhandled(error);
      }
    }
  }
}
