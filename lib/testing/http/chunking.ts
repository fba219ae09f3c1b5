/**
 * How the bytes that are due at one moment are cut into socket writes: one write an event, one a
 * byte, all at once, so many bytes each, or as a function cuts them.
 */
export type Chunking =
  'event' | 'byte' | 'all' | number | ((bytes: Uint8Array) => Iterable<Uint8Array>);

export function checkChunking(chunking: Chunking): void {
  if (typeof chunking === 'number' && !(Number.isInteger(chunking) && chunking > 0)) {
    throw new TypeError(`chunking must be a positive whole number of bytes, not ${chunking}`);
  }
  const words: readonly string[] = ['event', 'byte', 'all'];
  if (typeof chunking === 'string' && !words.includes(chunking)) {
    throw new TypeError(
      `chunking must be 'event', 'byte' or 'all', not ${JSON.stringify(chunking)}`,
    );
  }
}

/** The frames' bytes, in order and complete, in the pieces that `chunking` asks for. */
export function cut(frames: readonly Uint8Array[], chunking: Chunking): Iterable<Uint8Array> {
  if (chunking === 'event') return frames;
  const bytes = Buffer.concat(frames);
  if (chunking === 'all') return [bytes];
  if (typeof chunking === 'function') return chunking(bytes);
  return slices(bytes, chunking === 'byte' ? 1 : chunking);
}

function* slices(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) {
    yield bytes.subarray(start, start + size);
  }
}
