import { withoutTrailingSlashes } from '../../http/internal/without-trailing-slashes.js';
import {
  asyncScheduler,
  defer,
  finalize,
  type Observable,
  retry,
  tap,
  throwError,
  timer,
} from 'rxjs';
import { findGate, GATE } from '../../core/demand/gate.js';
import type { RunConfig } from '../../core/run-config.js';
import { webSource } from '../../event-stream/web-source.js';
import { refusedBody } from '../../http/internal/refused-body.js';
import type { ReceivedResponse } from '../../http/transport/received-response.js';
import { request$ } from '../../http/internal/open-request.js';
import { retryAfterOf } from '../../http/internal/retry-after.js';
import { Secrets } from '../../http/secrets.js';
import { errorOfStatus, remoteError } from './remote-error.js';
import type { checkRemoteOptions } from './remote-options.js';
import { readValues } from './read-values.js';

/**
 * @internal The values that a server sends for a request, one request for each subscription: POSTed as JSON. Unsubscribing
 * closes its connection at once.
 */
export function remoteValues$(
  body: object,
  config: RunConfig,
  remote: ReturnType<typeof checkRemoteOptions>,
): Observable<unknown> {
  const asked = (): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });
  if (!remote.resumable) return answered$(remote.url, asked, config, remote);
  return resumed$(asked, config, remote);
}

/** Joins the run again, behind the last value, as long as its connection is cut and comes back. */
function resumed$(
  asked: () => RequestInit,
  config: RunConfig,
  remote: ReturnType<typeof checkRemoteOptions>,
): Observable<unknown> {
  const { scheduler = asyncScheduler } = config;
  return defer(() => {
    let run: string | undefined;
    let after = '';
    let failures = 0;
    let isOver = false;
    const place: Place = {
      onRun: (id) => {
        run = id;
      },
      onId: (id) => {
        after = id;
        failures = 0;
      },
    };
    return defer(() =>
      run === undefined
        ? answered$(remote.url, asked, config, remote, place)
        : answered$(
            runUrl(remote.url, run, after),
            () => ({ method: 'GET' }),
            config,
            remote,
            place,
          ),
    ).pipe(
      retry({
        delay: (error: unknown) => {
          failures += 1;
          if (run === undefined || failures > MOST_FAILURES || !isCut(error))
            return throwError(() => error);
          return timer(Math.min(MIN_WAIT_MS * 2 ** (failures - 1), MAX_WAIT_MS), scheduler);
        },
      }),
      tap({
        error: () => {
          isOver = true;
        },
        complete: () => {
          isOver = true;
        },
      }),
      finalize(() => {
        if (isOver || run === undefined) return;
        void cancelRun(runUrl(remote.url, run, ''), remote);
      }),
    );
  });
}

/** Where a resumable run is. */
interface Place {
  readonly onRun: (id: string) => void;
  readonly onId: (id: string) => void;
}

const MIN_WAIT_MS = 250;
const MAX_WAIT_MS = 8_000;
/** In a row, without a value in between: half a minute about. */
const MOST_FAILURES = 8;
const CUTS: ReadonlySet<unknown> = new Set(['truncated', 'connection', 'timeout']);
const GATEWAYS: ReadonlySet<unknown> = new Set([502, 503, 504]);

/** Whether it was the connection that failed, or a proxy before the server: not the run. */
function isCut(error: unknown): boolean {
  const { provider, code, status } = Object(error) as Readonly<Record<string, unknown>>;
  return provider === 'remote' && (CUTS.has(code) || GATEWAYS.has(status));
}

function runUrl(url: string | URL, run: string, after: string): string {
  const [, path = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(String(url)) ?? [];
  const place = after === '' ? '' : `after=${encodeURIComponent(after)}`;
  const all = [query, place].filter((part) => part !== '').join('&');
  return `${withoutTrailingSlashes(path)}/${encodeURIComponent(run)}${all === '' ? '' : `?${all}`}`;
}

/** Nobody waits for that, and a run whose cancellation is lost ends by itself. */
async function cancelRun(
  url: string,
  { headers, credentials, fetch }: ReturnType<typeof checkRemoteOptions>,
): Promise<void> {
  try {
    const own = typeof headers === 'function' ? await headers() : headers;
    await fetch(url, {
      method: 'DELETE',
      headers: own,
      keepalive: true,
      ...(credentials === undefined ? {} : { credentials }),
    });
  } catch {
    // The connection is gone, and with it the chance to say so.
  }
}

function answered$(
  url: string | URL,
  asked: () => RequestInit,
  config: RunConfig,
  { headers, credentials, fetch, timeouts, limits }: ReturnType<typeof checkRemoteOptions>,
  place?: Place,
): Observable<unknown> {
  const { scheduler = asyncScheduler } = config;
  const secrets = new Secrets();
  const open = async (signal: AbortSignal): Promise<ReceivedResponse> => {
    const own = typeof headers === 'function' ? await headers() : headers;
    secrets.addHeaders(Object.entries(own));
    const request = asked();
    const answer = await fetch(url, {
      ...request,
      headers: {
        ...own,
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        accept: 'text/event-stream',
      },
      redirect: 'manual',
      signal,
      ...(credentials === undefined ? {} : { credentials }),
    }).catch(() => {
      throw remoteError('connection', 'no connection. Check the network and the URL', {
        retryable: true,
      });
    });
    const { status, headers: got } = answer;
    const received = webSource(answer.body ?? new Blob().stream());
    if (status === 0 || (status >= 300 && status < 400))
      throw remoteError('redirect', 'refused to follow a redirect. Use the final address', {
        status,
      });
    if (status < 200 || status > 299)
      throw errorOfStatus(
        status,
        await refusedBody({ body: received }, scheduler),
        retryAfterOf(got, Date.now()),
        secrets,
      );
    const type = got.get('content-type') ?? '';
    if (/^text\/event-stream\s*([;,]|$)/i.test(type)) {
      const run = got.get('rxlm-run-id');
      if (run !== null && /^[\w.~:-]{1,128}$/.test(run)) place?.onRun(run);
      return { status, headers: got, body: received };
    }
    throw remoteError('content_type', 'expected an event stream. Check the URL', { status });
  };
  return request$({
    open,
    read: (response, subscriber, abort) =>
      readValues(response, subscriber, {
        limits,
        idleMs: timeouts.idle,
        scheduler,
        gate: findGate(subscriber) ?? config[GATE],
        abort,
        secrets,
        onId: place?.onId,
      }),
    headersMs: timeouts.headers,
    tooLate: () =>
      remoteError('timeout', `no response within ${String(timeouts.headers)} ms`, {
        phase: 'headers',
        retryable: true,
      }),
    scheduler,
  });
}
