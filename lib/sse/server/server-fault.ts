/** What the server's own code has thrown while it checked a request. */
class ServerFault extends Error {
  override readonly name = 'ServerFault';
}

/** @internal Calls a function of the server's own: what it throws is a fault of the server, and no refusal of the request. */
export function ownCode<T>(call: () => T): T {
  try {
    return call();
  } catch (cause) {
    throw new ServerFault('A function of the server has failed.', { cause });
  }
}

/** @internal What a check gives. A refusal says the place in the request; a fault of the server stays what it is. */
export function checkedAt<T>(place: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof ServerFault) throw error;
    throw new TypeError(`${place}: ${(error as Error).message}`, { cause: error });
  }
}

/** @internal What a check gives; its refusal is thrown as `refuse` makes it, a fault of the server as its own code threw it. */
export function checked<T>(check: () => T, refuse: (message: string, cause: unknown) => Error): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof ServerFault) throw error.cause;
    throw refuse((error as Error).message, error);
  }
}
