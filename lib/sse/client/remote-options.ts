import { describeValue } from '../../core/internal/describe-value.js';

/** How a remote run is asked for, and how long and how much of it is waited for. */
export interface RemoteOptions {
  /** Its name in events where the server sends chunks only. Default: the class's. */
  readonly name?: string | undefined;
  /** Sent with each request: the caller's credentials, say. Never shown in an error. */
  readonly headers?:
    | Readonly<Record<string, string>>
    | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>)
    | undefined;
  /** Whether cookies go along, as of `fetch`. */
  readonly credentials?: 'omit' | 'same-origin' | 'include' | undefined;
  /**
   * Whether to join a run again whose connection was cut, at a server that has durable runs (`runRoutes`; it names the run in the
   * header `rxlm-run-id`, which a server of another origin must expose). Unsubscribing cancels the run there; a page that is
   * closed does not. @defaultValue false
   */
  readonly resumable?: boolean | undefined;
  /** In place of the platform's. */
  readonly fetch?: typeof fetch | undefined;
  /** Milliseconds until the response begins, and without any byte (the server's comments count). Default: 30 s and 60 s. */
  readonly timeouts?: { readonly headers?: number; readonly idle?: number } | undefined;
  /** Characters of one event, and bytes of the whole response. Default: 8 Mi and 64 Mi. */
  readonly limits?: { readonly event?: number; readonly response?: number } | undefined;
}

/** @internal The options with their defaults. Throws a `TypeError` that names the invalid option. */
export function checkRemoteOptions(url: string | URL, options: RemoteOptions) {
  if (!(typeof url === 'string' && url !== '') && !(url instanceof URL))
    throw new TypeError(`url must be a URL or a path, got ${describeValue(url)}`);
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null)
    throw new TypeError(`options must be an object, got ${describeValue(options)}`);
  const { headers = {}, credentials, fetch = globalThis.fetch, resumable = false } = options;
  if (typeof resumable !== 'boolean')
    throw new TypeError(`resumable must be a boolean, got ${describeValue(resumable)}`);
  if (typeof fetch !== 'function')
    throw new TypeError(`fetch must be a function, got ${describeValue(fetch)}`);
  const timeouts = { headers: 30_000, idle: 60_000, ...options.timeouts };
  const limits = { event: 8 * 1024 * 1024, response: 64 * 1024 * 1024, ...options.limits };
  for (const [name, value] of [...Object.entries(timeouts), ...Object.entries(limits)]) {
    if (typeof value !== 'number' || !(value > 0))
      throw new TypeError(`${name} must be a number above 0, got ${describeValue(value)}`);
  }
  return { url, headers, credentials, fetch, timeouts, limits, resumable };
}
