import { filter, firstValueFrom, from, interval, map, race, timer } from 'rxjs';
import type { RunEvent } from '../../core/events/run-event.js';
import { eventOf, type Recording } from '../../testing/anthropic/recording.js';
import type { LoopbackServer } from '../../testing/http/loopback-server.js';
import type { SeenRequest } from '../../testing/http/seen-request.js';

/** How long an answer's end waits to be seen: after that the server closes anyway. */
const LATEST_CLOSE = 1000;

/** @internal Reports what a server sees of the connections of one run, as the custom events that `growDiagram` draws. */
export class WireLog {
  readonly #root: string;
  readonly #report: (event: RunEvent) => void;
  readonly #recordings: readonly Recording[];
  readonly #closing: Promise<void>[] = [];
  #server: LoopbackServer | undefined;
  #seen = 0;

  constructor(
    root: string,
    report: (event: RunEvent) => void,
    recordings: readonly Recording[] = [],
  ) {
    this.#root = root;
    this.#report = report;
    this.#recordings = recordings;
  }

  /** Cuts the bytes of an answer into writes of this size, and reports each as it is made. */
  chunking(size: number): (bytes: Uint8Array) => Iterable<Uint8Array> {
    const write = (bytes: Uint8Array) => {
      // The bytes of an answer may come before the promise of its request.
      this.#see(this.#server?.requests.length ?? 0);
      this.#emit(this.#seen, { phase: 'bytes', bytes: bytes.length });
      return bytes;
    };
    return function* (bytes) {
      const step = size > 0 ? size : bytes.length;
      for (let start = 0; start < bytes.length; start += step)
        yield write(bytes.subarray(start, start + step));
    };
  }

  /** Reports the requests to a server until it closes. */
  watch(server: LoopbackServer): void {
    this.#server = server;
    const next = (index: number): void => {
      server.request(index).then(
        (request) => {
          this.#see(index + 1);
          this.#closing.push(this.#reportClose(request, index + 1));
          next(index + 1);
        },
        // The server has closed, and with it all that there was to see.
        () => undefined,
      );
    };
    next(0);
  }

  /** Settles when the end of every connection has been reported. */
  async settled(): Promise<void> {
    await Promise.race([Promise.all(this.#closing), firstValueFrom(timer(LATEST_CLOSE))]);
  }

  #see(requests: number): void {
    while (this.#seen < requests) {
      this.#seen += 1;
      this.#emit(this.#seen, { phase: 'request' });
    }
  }

  async #reportClose(request: SeenRequest, index: number): Promise<void> {
    const finished$ = interval(10).pipe(
      filter(() => request.finished),
      map(() => ({ by: 'server' as const })),
    );
    const { by } = await firstValueFrom(race(from(request.closed), finished$));
    const { finished } = request;
    const unsent = by === 'client' ? this.#unsent(request, index) : 0;
    const note =
      unsent > 0 ? { note: `client closed; ${String(unsent)} tokens not generated` } : {};
    this.#emit(index, { phase: 'close', by, finished, ...note });
  }

  /** Pieces that a recording still had, had the client stayed. */
  #unsent({ sent }: SeenRequest, index: number): number {
    const recording = this.#recordings[Math.min(index, this.#recordings.length) - 1] ?? [];
    return recording
      .slice(sent.events)
      .map(eventOf)
      .filter((event) => 'delta' in event && 'index' in event).length;
  }

  #emit(index: number, data: object): void {
    this.#report({
      event: 'on_custom_event',
      name: 'wire',
      run_id: `${this.#root}-wire-${String(index)}`,
      parent_ids: [this.#root],
      tags: [],
      metadata: {},
      data,
    });
  }
}
