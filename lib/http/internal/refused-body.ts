import type { SchedulerLike } from 'rxjs';
import { utf8Decoder } from '../../event-stream/utf8-decoder.js';
import type { ReceivedResponse } from '../transport/received-response.js';

/** The body of a response that is refused is read no further, and not for long. */
const MAX_BYTES = 64 * 1024;
const MAX_MS = 1000;

/** @internal The beginning of a body as text, within bounds; of a body that breaks off, what came before. */
export function refusedBody(
  { body }: Pick<ReceivedResponse, 'body'>,
  scheduler: SchedulerLike,
): Promise<string> {
  return new Promise((resolve) => {
    const decode = utf8Decoder();
    let text = '';
    let left = MAX_BYTES;
    const end = () => {
      timer.unsubscribe();
      if (!body.ended) body.cancel();
      resolve(text + decode());
    };
    const timer = scheduler.schedule(end, MAX_MS);
    body.pipe({
      bytes: (pieces) => {
        for (const piece of pieces) {
          text += decode(piece.subarray(0, left));
          left = Math.max(0, left - piece.byteLength);
        }
        if (left === 0) end();
      },
      end,
      lost: end,
    });
  });
}
