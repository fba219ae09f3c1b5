import { cut, type Chunking } from './chunking.js';
import type { Exchange } from './http-exchange.js';

/** Sends the frames, cut by `chunking`; settles with `false` if the client left before the last. */
export async function sendFrames(
  exchange: Exchange,
  frames: readonly Uint8Array[],
  chunking: Chunking,
): Promise<boolean> {
  const { sent } = exchange.seen;
  const waiting = frames.values();
  let missing = waiting.next().value?.length;
  for (const chunk of cut(frames, chunking)) {
    if (!(await exchange.write(chunk))) return false;
    let news = chunk.length;
    while (missing !== undefined && missing <= news) {
      sent.events += 1;
      news -= missing;
      missing = waiting.next().value?.length;
    }
    if (missing !== undefined) missing -= news;
  }
  return true;
}
