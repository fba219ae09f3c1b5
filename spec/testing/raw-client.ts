import { Agent, request, type IncomingHttpHeaders } from 'node:http';

/** What a client that knows nothing but HTTP saw of an answer. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body in the pieces in which it was written: the chunks of the transfer encoding. */
  readonly pieces: readonly Buffer[];
  /** How it ended: `complete`, `left` (by this client, as asked), or the code of an error. */
  readonly ending: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  /** Leave when so many milliseconds have brought no byte. */
  readonly quietMs?: number;
  /** Connections to use and to keep. */
  readonly agent?: Agent;
  /** Leave when so many bytes have come. */
  readonly bytes?: number;
}

export const streamBody = { model: 'm', max_tokens: 9, messages: [], stream: true };

/** One request on a connection of its own. Settles when the answer has ended in whatever way. */
export function raw(url: string, options: RawRequest = {}): Promise<RawAnswer> {
  const { body = streamBody, headers = { 'x-api-key': 'canary-key' } } = options;
  return new Promise((resolve) => {
    let status = 0;
    let answerHeaders: IncomingHttpHeaders = {};
    let left = false;
    let failure: string | undefined;
    let size = 0;
    const pieces: Buffer[] = [];
    const agent = options.agent ?? new Agent({ keepAlive: true });
    const leave = () => {
      left = true;
      call.destroy();
    };
    // Ticks, not a clock: while this process is busy elsewhere, silence proves nothing.
    let quietTicks = 0;
    const ticking = setInterval(() => {
      quietTicks += 1;
      if (quietTicks * 10 > (options.quietMs ?? Infinity)) leave();
    }, 10);
    const over = (how: string) => {
      clearInterval(ticking);
      if (agent !== options.agent) agent.destroy();
      const ending = left ? 'left' : (failure ?? how);
      resolve({ status, headers: answerHeaders, body: Buffer.concat(pieces), pieces, ending });
    };
    const call = request(
      url,
      { agent, method: options.method ?? 'POST', headers, maxHeaderSize: 16_384 },
      (response) => {
        status = response.statusCode ?? 0;
        answerHeaders = response.headers;
        quietTicks = 0;
        response.on('data', (piece: Buffer) => {
          pieces.push(piece);
          size += piece.length;
          quietTicks = 0;
          if (options.bytes !== undefined && size >= options.bytes) leave();
        });
        response.on('error', (error: NodeJS.ErrnoException) => {
          failure ??= error.code ?? error.message;
        });
        response.on('close', () => {
          over(response.complete ? 'complete' : 'cut');
        });
      },
    );
    call.on('error', (error: NodeJS.ErrnoException) => {
      failure ??= error.code ?? error.message;
      if (status === 0) over('none');
    });
    call.end(options.method === 'GET' ? undefined : JSON.stringify(body));
  });
}

/** The data of a body's events, by a reader just good enough for what these servers send. */
export function dataOf(body: Buffer): string[] {
  return body
    .toString('utf8')
    .split(/\r\n\r\n|\n\n|\r\r/)
    .map((block) =>
      block
        .split(/\r\n|\n|\r/)
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trimStart())
        .join('\n'),
    )
    .filter((data) => data !== '');
}

/** Those of the events that are JSON. */
export function eventsIn(body: Buffer): Record<string, unknown>[] {
  return dataOf(body).flatMap((data) => {
    try {
      return [JSON.parse(data)];
    } catch {
      return [];
    }
  });
}

/** The text that a body's deltas say, of all blocks. */
export function textIn(body: Buffer): string {
  return eventsIn(body)
    .map((event) => (event['delta'] as { text?: string } | undefined)?.text ?? '')
    .join('');
}
