/**
 * @internal For one stream of bytes, makes their text as they come, cut anywhere: what `TextDecoder` makes of them with
 * `{ stream: true }` and `ignoreBOM`. Without bytes it gives what is left of a character that was cut off.
 *
 * Each piece is decoded up to its last whole character, as a text of its own. A decoder that has to remember takes five
 * times as long in Node, and makes texts of two bytes a character, which all that reads them pays for again.
 *
 * @see {@link https://encoding.spec.whatwg.org/#utf-8-decoder | WHATWG Encoding, UTF-8 decoder}
 */
export function utf8Decoder(): (bytes?: Uint8Array) => string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let cut: Uint8Array | undefined;

  return (bytes) => {
    const all = joined(cut, bytes);
    const whole = bytes === undefined ? all.length : wholeLength(all);
    // A copy: who reads into a buffer of its own may use it again.
    cut = whole === all.length ? undefined : all.slice(whole);
    // Of short pieces a buffer of Node makes a text in half the time.
    if (isBuffer?.(all) === true) return all.toString('utf8', 0, whole);
    return decoder.decode(whole === all.length ? all : all.subarray(0, whole));
  };
}

const isBuffer = (globalThis as { Buffer?: { isBuffer: (bytes: Uint8Array) => bytes is Buffer } })
  .Buffer?.isBuffer;

const NOTHING = new Uint8Array();

function joined(cut: Uint8Array | undefined, bytes: Uint8Array = NOTHING): Uint8Array {
  if (cut === undefined) return bytes;
  const all = new Uint8Array(cut.length + bytes.length);
  all.set(cut);
  all.set(bytes, cut.length);
  return all;
}

/** The length up to a character at the end that more bytes may complete. */
function wholeLength(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let back = 1; back <= 3 && back <= length; back += 1) {
    const byte = bytes[length - back] as number;
    if (byte < 0x80) return length;
    if (byte >= 0xc0) {
      const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return size > back ? length - back : length;
    }
  }
  return length;
}
