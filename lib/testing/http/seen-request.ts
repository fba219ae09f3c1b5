import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** When a socket closed (`performance.now()` of this process) and which side closed it. */
export interface SocketClose {
  readonly at: number;
  readonly by: 'client' | 'server';
}

/** What a server saw of one request and what became of its answer. Grows until the socket is closed. */
export interface SeenRequest {
  readonly method: string;
  /** The path as requested, with its query. */
  readonly path: string;
  /** By lower-case name, keys and all. */
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
  /** The body as JSON; `undefined` where it is none. */
  readonly body: unknown;
  /** When it had arrived whole, by `performance.now()`. */
  readonly at: number;
  /** What the kernel has taken of the body of the answer so far: whole frames, and bytes before transfer encoding. */
  readonly sent: { readonly events: number; readonly bytes: number };
  /** Whether the kernel has taken the whole answer, its regular end included. */
  readonly finished: boolean;
  /** When the socket closed, by `performance.now()`; `undefined` while it is open. */
  readonly closedAt: number | undefined;
  /** Settles when the socket closes; a kept-alive one outlives the answer, and may serve further requests. */
  readonly closed: Promise<SocketClose>;
}

/** One socket's end, shared by the requests that come over it. */
export class SocketLog {
  /** Who will have closed the socket if it closes now. */
  closer: SocketClose['by'] = 'client';
  closedAt: number | undefined;
  readonly closed: Promise<SocketClose>;

  constructor(socket: Socket) {
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.closedAt = performance.now();
        resolve({ at: this.closedAt, by: this.closer });
      });
    });
  }
}

/** The request as its server writes it down. */
export class RequestLog implements SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  rawBody = '';
  body: unknown = undefined;
  at = performance.now();
  readonly sent = { events: 0, bytes: 0 };
  finished = false;
  readonly #socket: SocketLog;

  constructor(request: IncomingMessage, socket: SocketLog) {
    this.method = request.method ?? '';
    this.path = request.url ?? '';
    this.headers = request.headers;
    this.#socket = socket;
  }

  get closedAt(): number | undefined {
    return this.#socket.closedAt;
  }

  get closed(): Promise<SocketClose> {
    return this.#socket.closed;
  }

  /** Reads the body to its end, or to where the client left. */
  async read(request: IncomingMessage): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // A client that leaves while it uploads is seen with what it had sent.
    }
    this.rawBody = Buffer.concat(chunks).toString('utf8');
    this.at = performance.now();
    try {
      this.body = JSON.parse(this.rawBody);
    } catch {
      this.body = undefined;
    }
  }
}
