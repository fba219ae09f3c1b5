import type { Agent, ClientRequest } from 'node:http';

/** The error codes of a connection that the server has closed. */
const ENDED: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE']);

/**
 * @internal Whether a request failed because its connection, kept from one before, had ended before a byte of the answer
 * came: the server may have ended it before it saw the request. `bytesBefore` is what had been read when it was taken up.
 */
export function isStale(request: ClientRequest, error: unknown, bytesBefore: number): boolean {
  return (
    request.reusedSocket &&
    ENDED.has((error as { code?: unknown } | null)?.code) &&
    request.socket?.bytesRead === bytesBefore
  );
}

/** @internal Closes what `agent` keeps of idle connections to the server of `url`: as old as those, they may be as dead. */
export function closeIdle({ freeSockets }: Agent, { hostname, port, protocol }: URL): void {
  const host = hostname.replace(/^\[|\]$/g, '');
  const server = `${host}:${port || (protocol === 'https:' ? '443' : '80')}:`;
  for (const [name, sockets] of Object.entries(freeSockets))
    if (name.startsWith(server)) for (const socket of sockets ?? []) socket.destroy();
}
