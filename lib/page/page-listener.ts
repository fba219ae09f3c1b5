import { asyncScheduler, type SchedulerLike } from 'rxjs';
import type { RunEvent, RunListener } from '../core/events/run-event.js';
import { describeValue } from '../core/internal/describe-value.js';
import { attempt } from '../core/internal/try-or-undefined.js';
import { withoutForeignTexts } from './internal/without-foreign-texts.js';

/** Where {@link pageListener} sends events, and what it sends of them. */
export interface PageListenerOptions {
  /** The address of the page, on this machine. @defaultValue http://127.0.0.1:4317 */
  readonly url?: string | undefined;
  /**
   * What is sent in the place of an event; undefined sends nothing. By default the event, without the texts of errors that are not
   * rxlm's own: what a tool throws may hold a secret.
   */
  readonly redact?: ((event: RunEvent) => RunEvent | undefined) | undefined;
  /** How many characters of events may wait to be sent; beyond it, events are dropped. @defaultValue 4000000 */
  readonly maxWaiting?: number | undefined;
  /** Where time comes from; RxJS's `asyncScheduler` by default. */
  readonly scheduler?: SchedulerLike | undefined;
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
const BATCH_MS = 50;
/** How long a page that does not answer is left alone. */
const AWAY_MS = 2000;
const SEND_MS = 5000;

/**
 * Makes a run listener that sends the events of runs to the page of `rxlm page`: pass it in `config.listeners`.
 *
 * Events go in batches, 50 ms after the first one. A run never waits for the page: where the page is not there or too slow, events
 * are dropped. Only a page on this machine is taken.
 *
 * @throws TypeError where `url` is not on this machine or another option is invalid.
 * @example
 * import { pageListener } from 'rxlm/page';
 * const show = pageListener({ redact: (event) => (event.tags.includes('private') ? undefined : event) });
 * model.stream$('Hi', { listeners: [show] }).subscribe();
 */
export function pageListener(options: PageListenerOptions = {}): RunListener {
  const {
    redact = withoutForeignTexts,
    maxWaiting = 4_000_000,
    scheduler = asyncScheduler,
  } = options;
  const url = eventsUrl(options.url ?? 'http://127.0.0.1:4317');
  if (typeof redact !== 'function')
    throw new TypeError(`redact must be a function, got ${describeValue(redact)}`);
  if (!(typeof maxWaiting === 'number' && maxWaiting > 0 && maxWaiting <= 16_000_000))
    throw new TypeError(
      `maxWaiting must be a number from 1 to 16000000, got ${describeValue(maxWaiting)}`,
    );
  let waiting: string[] = [];
  let size = 0;
  let sending = false;
  let awayUntil = 0;

  const send = async () => {
    const body = waiting.join('');
    waiting = [];
    size = 0;
    try {
      await post(url, body);
    } catch {
      awayUntil = scheduler.now() + AWAY_MS;
    }
    sending = false;
    if (waiting.length > 0) sendSoon();
  };
  const sendSoon = () => {
    sending = true;
    scheduler.schedule(() => void send(), BATCH_MS);
  };

  return (event) => {
    if (scheduler.now() < awayUntil) return;
    const value = redact(event);
    if (value === undefined) return;
    const timestamp = performance.timeOrigin + performance.now();
    // A value that JSON cannot write is no reason to disturb a run.
    const line = attempt(() => `${JSON.stringify({ timestamp, value })}\n`);
    if (line === undefined || size + line.length > maxWaiting) return;
    waiting.push(line);
    size += line.length;
    if (!sending) sendSoon();
  };
}

function eventsUrl(text: string): string {
  const url = attempt(() => new URL('/events', text));
  if (url?.protocol !== 'http:' || !LOOPBACK.includes(url.hostname))
    throw new TypeError(
      `url must be the address of a page on this machine, such as http://127.0.0.1:4317, got ${describeValue(text)}`,
    );
  return url.href;
}

async function post(url: string, body: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(SEND_MS),
  });
  await response.body?.cancel();
}
