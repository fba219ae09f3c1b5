/** What two values of one option make together: `later` is that of the place nearer to the call. */
export type MergeOption<T> = (earlier: T, later: T) => T;

/** How the call options of a model merge, by name. */
export type CallOptionRules = Readonly<Record<string, (earlier: never, later: never) => unknown>>;

/**
 * All call options of a model, each with how two of it merge: what `callOptionRules` of its class returns.
 *
 * @example
 * const rules: CallOptionRulesOf<{ stop?: string[]; betas?: string[] }> = { stop: lastOne, betas: union };
 */
export type CallOptionRulesOf<X> = {
  readonly [K in keyof X]-?: MergeOption<NonNullable<X[K]>>;
};

/** The later one stands. */
export function lastOne<T>(_earlier: T, later: T): T {
  return later;
}

/** The fields of both; of the same field the later one stands. */
export function byKey<T extends object>(earlier: T, later: T): T {
  return { ...earlier, ...later };
}

/** The names of both, each once. */
export function union<T>(earlier: readonly T[], later: readonly T[]): T[] {
  return [...new Set([...earlier, ...later])];
}

type Headers = Readonly<Record<string, string | null>>;

/** The headers of both; of the same name, whatever its case, the later one stands. */
export function headersByName(earlier: Headers, later: Headers): Headers {
  const merged = new Map<string, readonly [string, string | null]>();
  for (const entry of [...Object.entries(earlier), ...Object.entries(later)]) {
    // What is undefined says nothing.
    if ((entry[1] as unknown) !== undefined) merged.set(entry[0].toLowerCase(), entry);
  }
  return Object.fromEntries(merged.values());
}

/**
 * @internal The options of two places as those of one: constructor and `bind`, `bind` and call. `undefined` says nothing.
 * It is associative, so that it does not matter in which order places are merged.
 */
export function mergeCallOptions<X extends object>(
  rules: CallOptionRules,
  earlier: Partial<X>,
  later: Partial<X>,
): Partial<X> {
  const merged = new Map<string, unknown>(said(earlier));
  for (const [name, value] of said(later)) {
    const before = merged.get(name);
    const rule = before !== undefined && Object.hasOwn(rules, name) ? rules[name] : undefined;
    merged.set(name, rule === undefined ? value : rule(before as never, value as never));
  }
  return Object.fromEntries(merged) as Partial<X>;
}

function said(options: object): [string, unknown][] {
  return Object.entries(options).filter(([, value]) => value !== undefined);
}
