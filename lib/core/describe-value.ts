/**
 * @internal A value as an error message names it: short, and never the inside of an object.
 */
export function describeValue(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `an array of ${String(value.length)}`;
  const { constructor } = value as { constructor?: { name?: string } };
  return constructor?.name && constructor.name !== 'Object' ? `a ${constructor.name}` : 'an object';
}
