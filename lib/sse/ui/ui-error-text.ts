import { RxlmError } from '../../errors/rxlm-error.js';

const TEXTS: Readonly<Record<string, string>> = {
  rate_limited: 'The model has too many requests just now. Try again later.',
  overloaded: 'The model is overloaded just now. Try again later.',
  server_error: 'The model’s provider has failed. Try again later.',
  connection: 'The model could not be reached. Try again later.',
  timeout: 'The answer took too long. Try again.',
  truncated: 'The answer was cut off. Try again.',
  length: 'The answer was cut off at its limit.',
  content_filter: 'The model has refused to answer.',
  too_large: 'The conversation is too long.',
  context_overflow: 'The conversation is too long.',
};

/** @internal What anybody may read of an error: its kind, never what it says. */
export function safeErrorText(error: unknown): string {
  if ((error as { type?: unknown } | null | undefined)?.type === 'tool')
    return 'The tool has failed.';
  return safeTextOf(RxlmError.is(error) ? error.code : '');
}

/** @internal The same for an error of rxlm that is known by its code; any other one's is `''`. */
export function safeTextOf(code: string): string {
  return (Object.hasOwn(TEXTS, code) ? TEXTS[code] : undefined) ?? 'Something went wrong.';
}
