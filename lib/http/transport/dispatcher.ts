import { builtins } from './builtins.js';

/**
 * What connects Node's `fetch`: undici's dispatcher, in the form that all copies of undici up to version 7 share (later ones
 * take it as well). Proxies, certificates, pooling and mocks that are set for `fetch` are set here.
 *
 * @see https://undici.nodejs.org/#/docs/api/Dispatcher
 */
export interface Dispatcher {
  dispatch(options: DispatchOptions, handler: DispatchHandler): boolean;
}

export interface DispatchOptions {
  readonly origin: string;
  readonly path: string;
  readonly method: 'POST';
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: string;
  /** Milliseconds; 0 turns a clock off. */
  readonly headersTimeout: number;
  readonly bodyTimeout: number;
}

export interface DispatchHandler {
  /** The request is about to be written to a connection. */
  onConnect(abort: (reason?: unknown) => void): void;
  onUpgrade(status: number, headers: unknown, socket: { destroy(): void }): void;
  /** Returns whether the body may come; `resume` asks for more of it. */
  onHeaders(status: number, headers: readonly Uint8Array[], resume: () => void): boolean;
  /** Returns whether more of the body may come. */
  onData(bytes: Uint8Array): boolean;
  onComplete(): void;
  onError(error: unknown): void;
}

/** Where all copies of undici, Node's own among them, keep the dispatcher that is in use. */
const GLOBAL_DISPATCHER = /* @__PURE__ */ Symbol.for('undici.globalDispatcher.1');

/**
 * @internal The dispatcher of Node's `fetch`. Undefined elsewhere, and where another function stands in the place of `fetch`:
 * whoever replaced it expects the requests there.
 */
export function platformDispatcher(): Dispatcher | undefined {
  const { fetch, Headers } = globalThis as Partial<typeof globalThis>;
  if (fetch === undefined || Headers === undefined) return undefined;
  if (!Function.prototype.toString.call(fetch).includes('internal/deps/undici')) return undefined;
  const known = dispatcherOf(globalThis);
  if (known !== undefined) return known;
  // Node makes it when something of `fetch` is used for the first time.
  new Headers();
  return dispatcherOf(globalThis) ?? dispatcherOf(mainContext());
}

/** In a context of its own, as test runners make them, `fetch` is that of the main one, and so is its dispatcher. */
function mainContext(): object {
  return Object(builtins()?.('node:vm').runInThisContext('globalThis')) as object;
}

function dispatcherOf(globals: object): Dispatcher | undefined {
  const dispatcher = (globals as Readonly<Record<symbol, Partial<Dispatcher> | undefined>>)[
    GLOBAL_DISPATCHER
  ];
  return typeof dispatcher?.dispatch === 'function' ? (dispatcher as Dispatcher) : undefined;
}
