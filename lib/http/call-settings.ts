import { describeValue } from '../core/internal/describe-value.js';
import { checkNames } from '../models/internal/check-names.js';

/** Milliseconds after which a call that gets no further errors with `timeout`, and is not sent again; `Infinity` for never. */
export interface CallTimeouts {
  /** Until the response begins. @defaultValue 30,000 */
  readonly headers?: number | undefined;
  /** Without any byte. @defaultValue 60,000 */
  readonly idle?: number | undefined;
  /** Without any content, though signs of life may come. @defaultValue 300,000 */
  readonly content?: number | undefined;
  /** For the whole answer. @defaultValue Infinity */
  readonly total?: number | undefined;
}

/** Sizes beyond which a call errors with `limit`, in decoded characters or bytes. */
export interface CallLimits {
  /** One event. @defaultValue 8,000,000 */
  readonly event?: number | undefined;
  /** One response. @defaultValue 64,000,000 */
  readonly response?: number | undefined;
  /** The arguments of one tool call. @defaultValue 4,000,000 */
  readonly toolJson?: number | undefined;
  /** How deep they may nest. @defaultValue 256 */
  readonly toolJsonDepth?: number | undefined;
}

/** How each call of a model over HTTP is bounded. */
export interface CallSettings {
  /** Further attempts while nothing has been emitted; none once a clock has run out. @defaultValue 2 */
  readonly maxRetries?: number | undefined;
  readonly timeouts?: CallTimeouts | undefined;
  readonly limits?: CallLimits | undefined;
}

/** Call settings with their defaults. */
export interface KnownSettings {
  readonly maxRetries: number;
  readonly timeouts: Readonly<Record<keyof CallTimeouts, number>>;
  readonly limits: Readonly<Record<keyof CallLimits, number>>;
}

const MB = 1_000_000;
const TIMEOUTS = { headers: 30_000, idle: 60_000, content: 300_000, total: Infinity };
const LIMITS = { event: 8 * MB, response: 64 * MB, toolJson: 4 * MB, toolJsonDepth: 256 };

/** @internal The settings with their defaults. Throws a `TypeError` that names an invalid one and its value. */
export function readSettings({ maxRetries = 2, timeouts, limits }: CallSettings): KnownSettings {
  if (!Number.isInteger(maxRetries) || maxRetries < 0)
    throw new TypeError(`maxRetries must be a whole number, got ${describeValue(maxRetries)}`);
  return {
    maxRetries,
    timeouts: withDefaults('timeouts', TIMEOUTS, timeouts),
    limits: withDefaults('limits', LIMITS, limits),
  };
}

function withDefaults<T extends Record<string, number>>(
  group: string,
  defaults: T,
  given: { readonly [K in keyof T]?: number | undefined } = {},
): T {
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  checkNames(given, Object.keys(defaults), group);
  for (const [name, value] of said) {
    if (typeof value !== 'number' || !(value > 0))
      throw new TypeError(`${group}.${name} must be a number above 0, got ${describeValue(value)}`);
  }
  return { ...defaults, ...Object.fromEntries(said) };
}
