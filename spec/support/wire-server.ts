import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a server has seen it. */
export interface WireRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, never>;
}

/** Answers a request by hand. */
export type Answer = (response: ServerResponse) => void;

/** A server on loopback that answers requests one after the other, whatever they ask. */
export interface WireServer {
  readonly url: string;
  readonly requests: readonly WireRequest[];
  /** How many connections a client has closed before their answer was over. */
  readonly aborted: () => number;
  /** The answers to the next requests. */
  answer(...answers: readonly Answer[]): void;
  close(): Promise<void>;
}

/** A whole stream. */
export const streamed =
  (body: string, type = 'text/event-stream'): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': type });
    response.end(body);
  };

/** A stream that begins and stays open. */
export const begun =
  (body: string, type = 'text/event-stream'): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': type });
    response.write(body);
  };

/** An error with a JSON body. */
export const refused =
  (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };

export async function startWireServer(): Promise<WireServer> {
  const requests: WireRequest[] = [];
  let answers: readonly Answer[] = [];
  let aborted = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    response.on('close', () => {
      if (!response.writableFinished) aborted += 1;
    });
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as WireRequest['body'];
      requests.push({ path: request.url ?? '', headers: request.headers, body });
      const [next = refused(500, { error: 'no answer is left' }), ...rest] = answers;
      answers = rest;
      next(response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    aborted: () => aborted,
    answer: (...next) => {
      answers = next;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
