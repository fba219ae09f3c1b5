/** What every error of rxlm carries, so that errors of two copies of the package (ESM and CJS) know each other. */
const BRAND: unique symbol = Symbol.for('rxlm.error');

/** The method that Node's `inspect`, and with it `console`, calls to show a value; Bun and Deno call it too. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

export interface RxlmErrorOptions {
  /** What went wrong, as a stable literal to switch on. */
  readonly code: string;
  /** Which clock ran out, where `code` is `timeout`. */
  readonly phase?: TimeoutPhase | undefined;
  readonly cause?: unknown;
}

/** `headers`: until the response began. `idle`: without any byte. `content`: without any content. `total`: the whole run. */
export type TimeoutPhase = 'headers' | 'idle' | 'content' | 'total';

/**
 * An error of rxlm: distinguished by `code`, never by `instanceof` (two copies of the package may be loaded).
 *
 * Messages say what, where and what to do next; they carry no key, no header and no prompt.
 * `JSON.stringify` gives its public fields without the stack.
 *
 * @example
 * RxlmError.is(new RxlmError('out of time', { code: 'timeout', phase: 'total' })) // => true
 */
export class RxlmError extends Error {
  readonly code: string;
  declare readonly phase?: TimeoutPhase;

  constructor(message: string, options: RxlmErrorOptions) {
    super(message);
    this.code = options.code;
    if (options.phase !== undefined) this.phase = options.phase;
    if (options.cause !== undefined) hide(this, 'cause', options.cause);
  }

  get [BRAND](): string {
    return this.kind;
  }

  /** @internal What the brand says. A kind overrides this, as a symbol of its own would keep it in every bundle. */
  protected get kind(): string {
    return 'RxlmError';
  }

  override get name(): string {
    return this[BRAND];
  }

  /** Whether a value is an error of rxlm, whichever copy of the package made it. */
  static is(value: unknown): value is RxlmError {
    return kindOf(value) !== undefined;
  }

  toJSON(): Record<string, unknown> {
    return { name: this.name, message: this.message, ...(this as object) };
  }

  /** What consoles show: not the cause, which they would otherwise, and which may hold a request. */
  [INSPECT](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    return `${this.stack ?? String(this)} ${inspect({ ...(this as object) }, options)}`;
  }
}

/** The kind that an error's brand names, or undefined for foreign values. */
export function kindOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !(BRAND in value)) return undefined;
  return String(value[BRAND]);
}

/** Sets a field that neither `inspect` nor `JSON.stringify` shows. */
export function hide(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, configurable: true });
}
