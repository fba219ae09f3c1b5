import { ModelError, type ModelErrorCode, type ModelErrorOptions } from '../errors/model-error.js';

/** What a provider says of an error, as far as it does; its texts come without secrets. */
export interface ReportedError {
  /** The provider's own name for the error. */
  readonly type?: string | undefined;
  /** A more precise name beside it. */
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  /** Whether the same request may succeed later, where the provider says so itself. */
  readonly shouldRetry?: boolean | undefined;
}

/** What the handler of an error has to know about it. */
export interface ErrorKind {
  readonly code: ModelErrorCode;
  readonly retryable?: boolean;
  /** The status that it stands for, where it comes inside of a 200 response. */
  readonly status?: number;
  /** What to do next. */
  readonly advice?: string;
  /** What the message says of an error of this kind that has only the name of any invalid request. */
  readonly text?: RegExp;
}

/** Error kinds by the provider's own names for them; the name of one that is known by its text alone may be any. */
export type ErrorTable = Readonly<Record<string, ErrorKind>>;

const AGAIN = 'Try again.';

const BY_STATUS: ReadonlyMap<number, ErrorKind> = new Map<number, ErrorKind>([
  [400, { code: 'invalid_request', advice: 'Change the request.' }],
  [401, { code: 'unauthorized', advice: 'Check the API key.' }],
  [402, { code: 'forbidden', advice: "Check the account's billing." }],
  [403, { code: 'forbidden', advice: 'Check what the API key may do.' }],
  [404, { code: 'not_found', advice: "Check the model's name and the base URL." }],
  [408, { code: 'server_error', retryable: true, advice: AGAIN }],
  [409, { code: 'server_error', retryable: true, advice: AGAIN }],
  [413, { code: 'too_large', advice: 'Send less.' }],
  [422, { code: 'invalid_request', advice: 'Change the request.' }],
  [429, { code: 'rate_limited', retryable: true, advice: 'Wait, or send less at once.' }],
  [529, { code: 'overloaded', retryable: true, advice: 'Try again later.' }],
]);

const MAX_MESSAGE = 1024;
const MAX_TYPE = 100;

/** Makes the typed errors of one provider: those that it reports, and rxlm's own about its calls. */
export class ProviderErrors {
  readonly provider: string;
  readonly #table: ErrorTable;

  constructor(provider: string, table: ErrorTable = {}) {
    this.provider = provider;
    this.#table = table;
  }

  /** An error of rxlm's own about a call of this provider. */
  readonly fail = (
    code: ModelErrorCode,
    message: string,
    options: Partial<ModelErrorOptions> = {},
  ): ModelError =>
    new ModelError(`${this.provider}: ${message}`, { ...options, code, provider: this.provider });

  /** The error that the provider has reported, in a response's status and body or in a frame of the stream. */
  reported(said: ReportedError): ModelError {
    const { type, message = '', status } = said;
    const kind = this.#kindOf(said);
    const known = status ?? kind.status ?? (kind.retryable === true ? 500 : 400);
    const name = [String(known), type?.slice(0, MAX_TYPE), said.requestId]
      .filter((part) => part !== undefined)
      .join(', ');
    const sentence = message.slice(0, MAX_MESSAGE).trimEnd();
    const text =
      sentence === '' ? '' : `: ${sentence.endsWith('.') ? sentence.slice(0, -1) : sentence}`;
    const advice = kind.advice ?? (kind.retryable === true ? AGAIN : 'Change the request.');
    return this.fail(kind.code, `${kind.code} (${name})${text}. ${advice}`, {
      status: known,
      type: type?.slice(0, MAX_TYPE),
      requestId: said.requestId,
      retryable: said.shouldRetry ?? kind.retryable ?? false,
      retryAfterMs: said.retryAfterMs,
    });
  }

  #kindOf({ type, code, message = '', status }: ReportedError): ErrorKind {
    const kind = this.#named(code) ?? this.#named(type) ?? kindOfStatus(status);
    if (kind.code !== 'invalid_request' && kind.code !== 'too_large') return kind;
    return Object.values(this.#table).find(({ text }) => text?.test(message)) ?? kind;
  }

  #named(name: string | undefined): ErrorKind | undefined {
    return name !== undefined && Object.hasOwn(this.#table, name) ? this.#table[name] : undefined;
  }
}

function kindOfStatus(status: number | undefined): ErrorKind {
  const known = status === undefined ? undefined : BY_STATUS.get(status);
  if (known !== undefined) return known;
  return status === undefined || status >= 500
    ? { code: 'server_error', retryable: true, advice: AGAIN }
    : { code: 'invalid_request', advice: 'Change the request.' };
}
