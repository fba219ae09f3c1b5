import { map, type OperatorFunction, pipe } from 'rxjs';
import type { FrameOptions } from './frame-options.js';
import { encodeFrame } from './sse-frame.js';
import { toSseFrames } from './to-sse-frames.js';

/**
 * Emits the text of an event stream for values: a frame for each, with JSON as its data and an id, comments in between,
 * and a last frame that says how it ended, as of {@link toSseFrames}. Each text is whole frames.
 *
 * To answer a request, use {@link toSseResponse} or {@link writeSse}, which know whether the client can take more.
 *
 * @example
 * of('gold').pipe(encodeSse()) // => ['id: 1\ndata: "gold"\n\n', 'event: end\nid: 2\ndata: {}\n\n']
 */
export function encodeSse<T>(options: FrameOptions<T> = {}): OperatorFunction<T, string> {
  return pipe(toSseFrames(options), map(encodeFrame));
}
