import { emitWarning } from '../../core/internal/emit-warning.js';

/**
 * @internal Has the platform warn of an address from which and to which everybody on the way can read: plain http to a host
 * that is neither this machine nor in a private network.
 */
export function warnOfPlainHttp(baseURL: string | null | undefined, who: string): void {
  if (baseURL == null || !URL.canParse(baseURL)) return;
  const { protocol, hostname } = new URL(baseURL);
  if (protocol !== 'http:' || isPrivate(hostname)) return;
  emitWarning(new Error('the base URL is plain http to a public host'), {
    what: `the key and the messages of ${who} are sent unencrypted`,
    remedy: 'Use https',
    name: 'PlainHttpWarning',
    code: 'RXLM_PLAIN_HTTP',
  });
}

const PRIVATE_NAME = /(^|\.)(localhost|local|internal|lan|home\.arpa|test|invalid|example)$/;
const PRIVATE_V4 =
  /^(127|10|0)\.|^192\.168\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;
const PRIVATE_V6 = /^\[(::1|::|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/;

function isPrivate(hostname: string): boolean {
  if (/^\d+(\.\d+){3}$/.test(hostname)) return PRIVATE_V4.test(hostname);
  if (hostname.startsWith('[')) return PRIVATE_V6.test(hostname);
  // A name without dots is of this network: a container, a machine beside it.
  return !hostname.includes('.') || PRIVATE_NAME.test(hostname);
}
