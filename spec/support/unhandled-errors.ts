import { config } from 'rxjs';

/** The errors that RxJS reports as unhandled, or the platform warns of as those of a teardown, because of what `act` does. */
export async function unhandledErrors(act: () => unknown): Promise<unknown[]> {
  const errors: unknown[] = [];
  const before = config.onUnhandledError;
  const { emitWarning } = process;
  process.emitWarning = (warning: Error & { code?: string }, ...rest: []) => {
    if (warning.code === 'RXLM_TEARDOWN') errors.push(warning.cause);
    else emitWarning(warning, ...rest);
  };
  config.onUnhandledError = (error) => errors.push(error);
  try {
    await act();
    await turn();
  } finally {
    config.onUnhandledError = before;
    process.emitWarning = emitWarning;
  }
  return errors;
}

/** One turn of the event loop: promises have settled, and RxJS has reported. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
