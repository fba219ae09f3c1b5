import { config } from 'rxjs';

/** The errors that RxJS reports as unhandled because of what `act` does. */
export async function unhandledErrors(act: () => unknown): Promise<unknown[]> {
  const errors: unknown[] = [];
  const before = config.onUnhandledError;
  config.onUnhandledError = (error) => errors.push(error);
  try {
    await act();
    await turn();
  } finally {
    config.onUnhandledError = before;
  }
  return errors;
}

/** One turn of the event loop: promises have settled, and RxJS has reported. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
