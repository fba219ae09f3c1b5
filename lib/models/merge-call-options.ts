/** Merges two values of one option; `later` is from the place nearer to the call. */
export type MergeOption<T> = (earlier: T, later: T) => T;

/** The merge rules of a model's call options, by name. */
export type CallOptionRules = Readonly<Record<string, (earlier: never, later: never) => unknown>>;

/**
 * The merge rules of all call options of a model: the type that `callOptionRules` of its class returns.
 *
 * @example
 * const rules: CallOptionRulesOf<{ stop?: string[]; betas?: string[] }> = { stop: lastOne, betas: union };
 */
export type CallOptionRulesOf<X> = {
  readonly [K in keyof X]-?: MergeOption<NonNullable<X[K]>>;
};

/** The later value wins. */
export function lastOne<T>(_earlier: T, later: T): T {
  return later;
}

/** The fields of both; for the same field the later value wins. */
export function byKey<T extends object>(earlier: T, later: T): T {
  return { ...earlier, ...later };
}

/** The names of both, each once. */
export function union<T>(earlier: readonly T[], later: readonly T[]): T[] {
  return [...new Set([...earlier, ...later])];
}

type Headers = Readonly<Record<string, string | null>>;

/** The headers of both; for the same name, in any case, the later value wins. */
export function headersByName(earlier: Headers, later: Headers): Headers {
  const merged = new Map<string, readonly [string, string | null]>();
  for (const entry of [...Object.entries(earlier), ...Object.entries(later)]) {
    // An undefined option changes nothing.
    if ((entry[1] as unknown) !== undefined) merged.set(entry[0].toLowerCase(), entry);
  }
  return Object.fromEntries(merged.values());
}

/**
 * @internal Merges the options of two places: constructor and `bind`, or `bind` and call. `undefined` changes nothing. The
 * merge is associative, so the order in which places are merged does not matter.
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
