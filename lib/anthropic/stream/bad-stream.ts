import type { ModelError } from '../../errors/model-error.js';
import { modelError } from '../internal/errors.js';

/** @internal The error of a stream that breaks its own rules; it says nothing of the data. */
export function badStream(problem: string): ModelError {
  return modelError('bad_stream', `the stream is broken: ${problem}`);
}

/** @internal The value, if it is an object; else the stream is broken, and `what` came without itself. */
export function objectOf<T>(value: T, what: string): T & object {
  if (typeof value !== 'object' || value === null) throw badStream(`${what} came without itself`);
  return value;
}

/** @internal The value, if it is a string; else the stream is broken. */
export function textOf(value: unknown): string {
  if (typeof value !== 'string') throw badStream('a delta came without its text');
  return value;
}
