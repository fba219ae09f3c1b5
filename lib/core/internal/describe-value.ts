/**
 * @internal A value as an error message names it: short, and never the inside of an object.
 */
export function describeValue(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'function') return `function ${nameIn(value) ?? '(anonymous)'}`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `an array of ${String(value.length)}`;
  // An own `constructor` is data, and may be anybody's.
  const name = Object.hasOwn(value, 'constructor') ? undefined : nameIn(value.constructor);
  return name === undefined || name === 'Object' ? 'an object' : `a ${name}`;
}

/** A name that forges nothing where it is shown: one word, and a short one. */
function nameIn(named: unknown): string | undefined {
  const name: unknown = (named as { readonly name?: unknown } | undefined)?.name;
  return typeof name === 'string' && /^[\w$.# -]{1,64}$/.test(name) ? name : undefined;
}
