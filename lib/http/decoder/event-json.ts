import type { DecoderContext } from './stream-decoder.js';
import { JsonDepth } from '../../json/internal/json-depth.js';

/** What nests deeper can be parsed, but not be serialised again. */
const MAX_DEPTH = 1000;

/** The JSON of an event. Throws `bad_stream` for text that is none, without showing it. */
export function parseEvent(data: string, { fail }: DecoderContext): unknown {
  if (data.length >= 2 * MAX_DEPTH) {
    const depth = new JsonDepth();
    depth.add(data);
    if (depth.max > MAX_DEPTH)
      throw fail('limit', `an event nests deeper than ${String(MAX_DEPTH)}`);
  }
  try {
    return JSON.parse(data) as unknown;
  } catch {
    throw fail('bad_stream', 'the stream is broken: an event is no valid JSON');
  }
}
