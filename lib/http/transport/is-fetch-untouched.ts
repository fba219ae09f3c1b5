/** Where all copies of undici, Node's own among them, look for who connects: those up to version 7, and later ones. */
const DISPATCHERS: readonly symbol[] = /* @__PURE__ */ ['1', '2'].map((version) =>
  Symbol.for(`undici.globalDispatcher.${version}`),
);

/** @internal Whether `fetch` is Node's, and connects as Node does by itself. When in doubt it is not. */
export function isFetchUntouched(): boolean {
  const { fetch } = globalThis;
  const globals = globalThis as unknown as Readonly<Record<symbol, Dispatcher | undefined>>;
  return (
    Function.prototype.toString.call(fetch).includes('internal/deps/undici') &&
    DISPATCHERS.every((key) => isOfNode(globals[key]))
  );
}

interface Dispatcher {
  readonly dispatch?: unknown;
  readonly constructor?: { readonly name?: unknown };
}

function prototypeOf(value: object | null | undefined): Dispatcher | null {
  return value == null ? null : (Object.getPrototypeOf(value) as Dispatcher | null);
}

/** Whether nobody has put another in the place of the one that Node makes when it needs it. */
function isOfNode(dispatcher: Dispatcher | undefined): boolean {
  if (dispatcher === undefined) return true;
  const agent = prototypeOf(dispatcher);
  const base = prototypeOf(agent);
  // Behind that newer ones show theirs to older copies.
  if (agent?.constructor?.name === 'Dispatcher1Wrapper') return true;
  return (
    agent?.constructor?.name === 'Agent' &&
    base?.constructor?.name === 'DispatcherBase' &&
    // Of a class that was patched, and of one that interceptors were put before, this is another.
    dispatcher.dispatch === base.dispatch &&
    (fieldOf(dispatcher, 'factory') as { name?: unknown } | undefined)?.name === 'defaultFactory' &&
    Object.values(fieldOf(dispatcher, 'options') ?? { none: true }).every(
      (value) => value === undefined || value === Infinity,
    )
  );
}

/** What it keeps under a symbol of its own. */
function fieldOf(dispatcher: object, name: string): object | undefined {
  const key = Object.getOwnPropertySymbols(dispatcher).find(
    ({ description }) => description === name,
  );
  return key === undefined ? undefined : (dispatcher as Record<symbol, object>)[key];
}
