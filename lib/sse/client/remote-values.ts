import { asyncScheduler, type Observable } from 'rxjs';
import { findGate, GATE } from '../../core/demand/gate.js';
import type { RunConfig } from '../../core/run-config.js';
import { refusedBody } from '../../http/internal/refused-body.js';
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
  { url, headers, credentials, fetch, timeouts, limits }: ReturnType<typeof checkRemoteOptions>,
): Observable<unknown> {
  const { scheduler = asyncScheduler } = config;
  const secrets = new Secrets();
  const open = async (signal: AbortSignal): Promise<Response> => {
    const own = typeof headers === 'function' ? await headers() : headers;
    secrets.addHeaders(Object.entries(own));
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...own, 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal,
      ...(credentials === undefined ? {} : { credentials }),
    }).catch(() => {
      throw remoteError('connection', 'no connection. Check the network and the URL', {
        retryable: true,
      });
    });
    const { status } = response;
    if (response.type === 'opaqueredirect' || (status >= 300 && status < 400))
      throw remoteError('redirect', 'refused to follow a redirect. Use the final address', {
        status,
      });
    if (!response.ok)
      throw errorOfStatus(
        status,
        await refusedBody(response, scheduler),
        retryAfterOf(response.headers, Date.now()),
        secrets,
      );
    const type = response.headers.get('content-type') ?? '';
    if (/^text\/event-stream\s*([;,]|$)/i.test(type)) return response;
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
