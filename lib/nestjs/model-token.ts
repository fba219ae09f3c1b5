import { describeValue } from '../core/internal/describe-value.js';

/**
 * The token under which `RxlmModule` provides a model: for `inject` of a factory provider, or to override a model in a
 * test. `InjectModel(name)` injects it.
 *
 * @example
 * getModelToken('fast') // => 'RxlmModel(fast)'
 */
export function getModelToken(name: string): string {
  if (typeof name !== 'string' || name === '')
    throw new TypeError(
      `the name of a model must be a non-empty string, got ${describeValue(name)}`,
    );
  return `RxlmModel(${name})`;
}
