import type { IncomingMessage } from 'node:http';

/** @internal A request that is refused, with its HTTP status. */
export class PageRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * @internal Refuses what comes from another site. The `Host` must name this server (a name that resolves to 127.0.0.1 may be
 * anybody's), and so must the `Origin` where there is one.
 */
export function checkSite({ headers }: IncomingMessage, port: number): void {
  const hosts = [`127.0.0.1:${String(port)}`, `localhost:${String(port)}`];
  if (!hosts.includes(headers.host ?? ''))
    throw new PageRefusal(403, `open the page as http://${hosts[0] ?? ''}`);
  const { origin } = headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`))
    throw new PageRefusal(403, 'the page takes no requests of other sites');
  if (!['same-origin', 'none', undefined].includes(headers['sec-fetch-site']))
    throw new PageRefusal(403, 'the page takes no requests of other sites');
}

/** @internal The text of a body of this type, which is read to at most this size. */
export async function readText(
  request: IncomingMessage,
  type: string,
  maxBytes: number,
): Promise<string> {
  if (request.headers['content-type']?.split(';')[0]?.trim() !== type)
    throw new PageRefusal(415, `the body must be ${type}`);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes)
      throw new PageRefusal(413, `the body is larger than ${String(maxBytes)} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @internal A text as JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new PageRefusal(400, 'the body is not JSON');
  }
}
