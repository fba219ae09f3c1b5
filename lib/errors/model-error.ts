import { hide, kindOf, RxlmError, type RxlmErrorOptions } from './rxlm-error.js';

/** The first nine: the provider said so. Then the way there. Then the stream itself. */
export type ModelErrorCode =
  | 'invalid_request'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'too_large'
  | 'context_overflow'
  | 'rate_limited'
  | 'overloaded'
  | 'server_error'
  | 'connection'
  | 'redirect'
  | 'content_type'
  | 'timeout'
  | 'truncated'
  | 'bad_stream'
  | 'limit';

export interface ModelErrorOptions extends RxlmErrorOptions {
  readonly code: ModelErrorCode;
  /** Who answered, e.g. `anthropic`. */
  readonly provider: string;
  /** The HTTP status, or its equivalent for an error inside a 200 response. */
  readonly status?: number | undefined;
  /** The provider's own name for the error, e.g. `overloaded_error`. */
  readonly type?: string | undefined;
  readonly requestId?: string | undefined;
  /** Whether the same request may succeed later. */
  readonly retryable?: boolean;
  /** How long the provider asks to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

/**
 * A model call that failed: by the provider's word, on the way, or in its stream.
 *
 * `emitted` says whether any chunk had been given out, `partial` is the message so far with its usage.
 *
 * @example
 * const error = new ModelError('anthropic: overloaded', { code: 'overloaded', provider: 'anthropic', retryable: true });
 * ModelError.is(error) && error.retryable // => true
 */
export class ModelError extends RxlmError {
  declare readonly code: ModelErrorCode;
  readonly provider: string;
  declare readonly status?: number;
  declare readonly type?: string;
  declare readonly requestId?: string;
  readonly retryable: boolean;
  declare readonly retryAfterMs?: number;
  /** Whether any chunk of the message had been given out when it failed. */
  emitted = false;
  /** The message so far, as the fold of the chunks given out; absent where there was none. */
  declare partial?: unknown;

  constructor(message: string, options: ModelErrorOptions) {
    super(message, options);
    this.provider = options.provider;
    this.retryable = options.retryable ?? false;
    if (options.status !== undefined) this.status = options.status;
    if (options.type !== undefined) this.type = options.type;
    if (options.requestId !== undefined) this.requestId = options.requestId;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
  }

  protected override get kind(): string {
    return 'ModelError';
  }

  static override is(value: unknown): value is ModelError {
    return kindOf(value) === 'ModelError';
  }

  /** @internal The same error, knowing what had been given out before it. */
  after(partial: unknown): this {
    this.emitted = true;
    hide(this, 'partial', partial);
    return this;
  }
}
