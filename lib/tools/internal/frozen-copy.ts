import { setOwn } from '../../messages/internal/set-own.js';

/**
 * @internal A frozen copy of plain data. Objects of classes, such as a `Date`, are not copied.
 *
 * @example
 * Object.isFrozen(frozenCopy({ path: ['tmp'] }).path) // => true
 */
export function frozenCopy<T>(value: T): T {
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as T;
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
  const copy = {};
  for (const [key, inner] of Object.entries(value)) setOwn(copy, key, frozenCopy(inner));
  return Object.freeze(copy) as T;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
