import { closeSync, openSync, writeFileSync } from 'node:fs';
import { defer, finalize, type Observable } from 'rxjs';
import type { RunListener } from '../core/events/run-event.js';
import type { TimedRunEvent } from '../marbles/diagram.js';
import { runToHtml } from '../marbles/run-to-html.js';
import { runToSvg } from '../marbles/run-to-svg.js';

/** The files that a run is drawn into. */
export interface Pictures {
  readonly svg: string | undefined;
  readonly html: string | undefined;
}

/**
 * Runs with a listener, and writes what it has heard as pictures when the run is over, also when it failed or was unsubscribed.
 * The files are opened before the run begins, so that a wrong path costs no request.
 */
export function drawRun<T>(
  pictures: Pictures,
  run: (listeners: readonly RunListener[]) => Observable<T>,
): Observable<T> {
  return defer(() => {
    const files = [
      [pictures.svg, runToSvg],
      [pictures.html, runToHtml],
    ] as const;
    const open = files.flatMap(([path, draw]) =>
      path === undefined ? [] : [{ file: openSync(path, 'w'), draw }],
    );
    if (open.length === 0) return run([]);
    const events: TimedRunEvent[] = [];
    const listener: RunListener = (value) => events.push({ value, timestamp: Date.now() });
    return run([listener]).pipe(
      finalize(() => {
        for (const { file, draw } of open) {
          writeFileSync(file, draw(events));
          closeSync(file);
        }
      }),
    );
  });
}
