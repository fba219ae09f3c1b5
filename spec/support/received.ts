import { webSource } from '../../lib/event-stream/web-source';
import type { ByteSource } from '../../lib/event-stream/byte-source';
import type { ReceivedResponse } from '../../lib/http/transport/received-response';

/** A response of `fetch` as rxlm reads it. */
export function received({ status, headers, body }: Response): ReceivedResponse {
  return { status, headers, body: webSource(body ?? new Blob().stream()) };
}

/** All that a body brings: its text, the sizes of what came together, and what it was lost by. */
export function readAll(
  body: ByteSource,
): Promise<{ text: string; sizes: number[]; error: unknown }> {
  const pieces: Uint8Array[] = [];
  const sizes: number[] = [];
  return new Promise((resolve) => {
    const end = (error?: unknown) => {
      resolve({ text: Buffer.concat(pieces).toString(), sizes, error });
    };
    body.pipe({
      bytes: (more) => {
        pieces.push(...more);
        sizes.push(more.length);
      },
      end,
      lost: end,
    });
  });
}
