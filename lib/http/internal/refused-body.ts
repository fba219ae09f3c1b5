import type { SchedulerLike } from 'rxjs';

/** The body of a response that is refused is read no further, and not for long. */
const MAX_BYTES = 64 * 1024;
const MAX_MS = 1000;

/** @internal The beginning of a body as text, within bounds; what breaks off has said enough. */
export async function refusedBody(response: Response, scheduler: SchedulerLike): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const cancel = () => reader.cancel().catch(() => undefined);
  const timer = scheduler.schedule(() => void cancel(), MAX_MS);
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (let left = MAX_BYTES; left > 0;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value.subarray(0, left), { stream: true });
      left -= value.byteLength;
    }
  } catch {
    // The connection broke: the status and what has come of the body are enough.
  }
  timer.unsubscribe();
  await cancel();
  return text;
}
