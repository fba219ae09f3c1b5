import { Agent, type IncomingMessage, request } from 'node:http';

export interface Seen {
  /** Milliseconds from the provider's write to the client, of each delta, in ascending order. */
  readonly latencies: readonly number[];
  /** How many answers came to their end. */
  readonly complete: number;
}

const agent = new Agent({ maxSockets: Infinity });

/** So many clients at once, each with an answer of its own, all read as they come. */
export async function readAll(url: string, clients: number, end: string): Promise<Seen> {
  const latencies: number[] = [];
  const endings = await Promise.all(
    Array.from({ length: clients }, async () => {
      const response = await post(url, 'Hi');
      let last = '';
      response.on('data', (bytes: Buffer) => {
        const now = process.hrtime.bigint();
        last = bytes.toString('latin1');
        for (const [, at] of last.matchAll(/t=(\d+);/g))
          latencies.push(Number(now - BigInt(at ?? 0)) / 1e6);
      });
      await new Promise((resolve) => response.on('close', resolve));
      return last.includes(end);
    }),
  );
  return {
    latencies: latencies.sort((a, b) => a - b),
    complete: endings.filter(Boolean).length,
  };
}

/** So many clients that ask and then take nothing. Gives what ends them. */
export async function stall(url: string, clients: number): Promise<() => void> {
  const responses = await Promise.all(
    Array.from({ length: clients }, async () => {
      const response = await post(url, 'stall');
      response.pause();
      return response;
    }),
  );
  return () => {
    for (const response of responses) response.destroy();
  };
}

function post(url: string, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent }, resolve).on('error', reject).end(body);
  });
}
