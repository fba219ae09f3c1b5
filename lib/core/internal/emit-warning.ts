import { errorToJson } from '../../errors/error-to-json.js';
import { attempt } from './try-or-undefined.js';

/** What a warning says beside the error that caused it. */
export interface WarningText {
  /** What went wrong, as a sentence without its end. */
  readonly what: string;
  readonly remedy: string;
  readonly name: string;
  readonly code: string;
}

/**
 * @internal Has the platform warn of an unhandled error: `process.emitWarning` where there is one, else
 * `reportError`. Neither ends the process.
 */
export function emitWarning(cause: unknown, text: WarningText): void {
  // Read when it is needed: in browsers there may be no `process`, or that of a bundler.
  const { process, reportError } = globalThis as unknown as {
    readonly process?: {
      readonly emitWarning?: (warning: Error | string, options?: object) => void;
    };
    readonly reportError?: (error: unknown) => void;
  };
  if (typeof process?.emitWarning !== 'function') {
    reportError?.(cause);
    return;
  }
  const warning = warningOf(cause, text);
  try {
    process.emitWarning(warning);
  } catch {
    // Node throws at an error of another realm, of a `vm` context for instance.
    const { message, name: type, code } = warning;
    process.emitWarning(message, { type, code });
  }
}

function warningOf(
  cause: unknown,
  { what, remedy, name, code }: WarningText,
): Error & { readonly code: string } {
  const text = attempt(() => String(errorToJson(cause)['message'])) ?? 'with an unreadable error';
  const message = `${what}: ${text}. ${remedy}`;
  const stack = attempt(() => (cause as { readonly stack?: unknown }).stack);
  return Object.assign(new Error(message, { cause }), {
    name,
    code,
    ...(typeof stack === 'string' ? { detail: stack } : {}),
  });
}
