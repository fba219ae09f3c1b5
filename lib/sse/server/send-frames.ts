import { defer, type SchedulerLike, Subject, Subscription, takeUntil } from 'rxjs';
import { GATE } from '../../core/demand/gate.js';
import { reportTeardown } from '../../core/run/report-teardown.js';
import { ClientGate } from '../../core/demand/client-gate.js';
import { ClientQueue } from './client-queue.js';
import { reportEdgeError } from '../frames/edge-errors.js';
import { FrameMaker } from '../frames/frame-maker.js';
import { encodeFrame, type SseFrame } from '../frames/sse-frame.js';
import { checkSseOptions, type SseOptions } from './sse-options.js';
import { observableOf, type SseSource } from './sse-source.js';

/** @internal A client's connection, as who sends to it sees it. */
export interface Client {
  /** Whether the client takes more after this. */
  write(text: string): boolean;
  /** Nothing more comes. */
  readonly end: () => void;
  /** Closes the connection without an end. */
  readonly drop: () => void;
}

/** @internal A response that is being sent. */
export interface Sending {
  /** The client takes more. */
  resume(): void;
  /** The client has disconnected: the run is cancelled. */
  stop(): void;
}

/** A source that waits may still bring what it had asked for. */
const MOST = 8 * 1024 * 1024;

/**
 * @internal Sends the values of a source as frames: the first bytes at once, each value as it comes while the client takes
 * them, what waits merged, comments while there is silence, and a last frame that says how it ended.
 */
export function sendFrames<T>(
  source: SseSource<T>,
  client: Client,
  options: SseOptions<T> = {},
  edge = 'sendFrames',
): Sending {
  const checked = checkSseOptions(options);
  const { heartbeatMs, scheduler, maxBuffered, stallMs, onError } = checked;
  const source$ = observableOf(source);
  const frames = new FrameMaker<T>(checked);
  const queue = new ClientQueue<T>(frames);
  const left = new Subject<void>();
  const clocks = new Subscription();
  let over = false;
  /** Whether the last frame has been written, and the client is still to take it. */
  let isEnding = false;
  let isDropped = false;
  let stall: Subscription | undefined;

  /** What a client is still to be given before anything else. */
  let rest = '';

  const report = (error: unknown, when: 'run' | 'edge') => {
    reportEdgeError(error, { edge, when }, onError);
  };
  const gate = new ClientGate((error) => {
    report(error, 'edge');
  });
  /** What fails in an answer that has begun is reported, and ends it. */
  const safely = <R>(work: () => R): R | undefined => {
    try {
      return work();
    } catch (error) {
      report(error, 'edge');
      return undefined;
    }
  };
  const finish = () => {
    over = true;
    clocks.unsubscribe();
    // A teardown of the source may throw.
    safely(() => {
      left.next();
    });
  };
  const drop = () => {
    isDropped = true;
    finish();
    stall?.unsubscribe();
    isEnding = false;
    rest = '';
    safely(() => {
      client.drop();
    });
  };
  /** Whether the client takes more after that. */
  const write = (text: string): boolean => {
    rest += text;
    while (rest !== '' && !gate.closed) {
      const piece = beginningOf(rest);
      rest = rest.slice(piece.length);
      try {
        gate.closed = !client.write(piece);
      } catch (error) {
        report(error, 'edge');
        drop();
        return false;
      }
    }
    if (gate.closed && !isDropped) stall ??= scheduler.schedule(drop, stallMs);
    return !gate.closed;
  };
  const end = (last: () => readonly SseFrame[]) => {
    if (over) return;
    finish();
    write(textOf(() => queue.take() + last().map(encodeFrame).join('')));
    // The clock of its stall goes on until it has taken that, or has left.
    isEnding = gate.closed && !isDropped;
    if (!isEnding && !isDropped) safely(client.end);
  };
  const fail = (error: unknown) => {
    if (!over) report(error, 'run');
    end(() => [frames.error(error)]);
  };
  /** The result of `make`. A value that is not JSON fails the run, and does not throw into the source. */
  const textOf = (make: () => string): string => {
    try {
      return make();
    } catch (error) {
      if (over) return queue.take() + encodeFrame(frames.error(error));
      fail(error);
      return '';
    }
  };
  const put = (value: T) => {
    write(
      textOf(() => {
        queue.put(value);
        return gate.closed ? '' : queue.take();
      }),
    );
    if (!over && queue.size > (gate.heeded ? Math.max(maxBuffered, MOST) : maxBuffered)) drop();
  };

  if (heartbeatMs !== false) {
    clocks.add(
      every(scheduler, heartbeatMs, () => {
        if (!gate.closed) write(encodeFrame({ comment: 'ping' }));
      }),
    );
  }
  // The head and something behind it, before the model has said anything: proxies wait for both.
  write(encodeFrame({ comment: 'ok' }));
  defer(() => source$({ [GATE]: gate }))
    // Not by the subscription: a synchronous source emits before there is one.
    .pipe(reportTeardown(), takeUntil(left))
    .subscribe({
      next: put,
      error: fail,
      complete: () => {
        end(() => frames.end());
      },
      ...{ [GATE]: gate },
    });

  return {
    resume() {
      stall?.unsubscribe();
      stall = undefined;
      gate.closed = false;
      if (!write('')) return;
      if (isEnding) safely(client.end);
      isEnding = false;
      if (over) return;
      write(textOf(() => queue.take()));
      gate.open();
    },
    stop() {
      stall?.unsubscribe();
      isEnding = false;
      rest = '';
      finish();
    },
  };
}

/** Characters that a client is given at once: by the next ones it is seen that it takes them. */
const PIECE = 64 * 1024;

/** So many of them, and no half of a pair. */
function beginningOf(text: string): string {
  const isPair = text.length > PIECE && (text.charCodeAt(PIECE - 1) & 0xfc00) === 0xd800;
  return text.slice(0, isPair ? PIECE - 1 : PIECE);
}

function every(scheduler: SchedulerLike, ms: number, work: () => void): Subscription {
  return scheduler.schedule(function () {
    work();
    this.schedule(undefined, ms);
  }, ms);
}
