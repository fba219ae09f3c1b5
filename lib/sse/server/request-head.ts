import { describeValue } from '../../core/internal/describe-value.js';
import { refusal } from './bad-request.js';

/** What a request says before its body, whichever server it came to. */
export interface RequestHead {
  readonly header: (name: string) => string | undefined;
  /** The host that the request was sent to, with its port. */
  readonly host: string | undefined;
  /** Whether the server is reached by its own machine only: then the host must be one of its names. */
  readonly isLoopback: boolean;
}

export interface Origins {
  readonly origins: readonly string[];
  readonly hosts: readonly string[] | undefined;
}

/** @internal Refuses a request that a page of another site sends, under any host name of this server. */
export function checkOrigin({ header, host, isLoopback }: RequestHead, rules: Origins): void {
  checkHost(host, isLoopback, rules.hosts);
  const origin = header('origin');
  if (origin !== undefined && rules.origins.includes(origin)) return;
  if (origin !== undefined && !isSame(origin, host))
    throw refusal(403, `requests from the origin ${describeValue(origin)} are not accepted`);
  // Browsers leave `Origin` out of some requests, and of an own host over another scheme only this says so.
  const site = header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw refusal(403, 'requests from other sites are not accepted');
}

function checkHost(
  host: string | undefined,
  isLoopback: boolean,
  hosts: readonly string[] | undefined,
): void {
  if (hosts === undefined && !isLoopback) return;
  const name = host?.toLowerCase().replace(/:\d*$/, '') ?? '';
  const known = hosts ?? LOOPBACK;
  if (
    known.some((each) => each.toLowerCase() === name || each.toLowerCase() === host?.toLowerCase())
  )
    return;
  const remedy = hosts === undefined ? '. Behind a proxy, give its host names as hosts' : '';
  throw refusal(403, `requests for the host ${describeValue(host)} are not accepted${remedy}`);
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** The scheme is not compared: behind a proxy the server does not know it. */
function isSame(origin: string, host: string | undefined): boolean {
  if (host === undefined || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.origin === origin.toLowerCase() && url.host === host.toLowerCase();
}

/** @internal Refuses a body that is not JSON: a form of another site may send other types without asking. */
export function checkContentType({ header }: RequestHead): void {
  const type = header('content-type') ?? '';
  if (!/^application\/(?:[\w.-]+\+)?json(?:;| |$)/i.test(type))
    throw refusal(415, `the content type must be application/json, got ${describeValue(type)}`);
  const encoding = header('content-encoding');
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity')
    throw refusal(415, `a body coded as ${describeValue(encoding)} is not accepted`);
}
