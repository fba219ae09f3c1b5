import type { ServerResponse } from 'node:http';
import { ReplaySubject } from 'rxjs';
import type { TimedRunEvent } from '../../marbles/diagram.js';

/** So many events are kept for a page that is opened later. */
const KEPT = 30_000;
/** What may wait for a slow page. Beyond it, events are dropped: a page must not fill the memory of what it watches. */
const MOST_WAITING = 32_000_000;

/** @internal The events of all runs, for every page that is open and for those that open later. */
export class EventFeed {
  readonly #frames = new ReplaySubject<string>(KEPT);

  add(event: TimedRunEvent): void {
    this.#frames.next(`data: ${JSON.stringify(event)}\n\n`);
  }

  /** Writes the events to a page until it leaves. */
  send(response: ServerResponse): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.write('retry: 1000\n\n');
    const subscription = this.#frames.subscribe({
      next: (frame) => {
        if (response.writableLength < MOST_WAITING) response.write(frame);
      },
      error: () => response.end(),
    });
    response.on('close', () => {
      subscription.unsubscribe();
    });
  }
}
