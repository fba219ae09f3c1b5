import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import type * as Zlib from 'node:zlib';

/** Nobody encodes more often; who sends more has something else in mind. */
const MOST_CODINGS = 5;

/**
 * @internal What a message holds, its content codings undone: `gzip`, `deflate` and `br`, in whatever order. Another coding
 * is left as it is.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#name-content-encoding | RFC 9110, Content-Encoding}
 */
export function decodedBody(
  message: IncomingMessage,
  builtin: NodeJS.Process['getBuiltinModule'],
): Readable {
  const codings = (message.headers['content-encoding'] ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length === 0) return message;
  if (codings.length > MOST_CODINGS)
    throw new RangeError(`more than ${MOST_CODINGS} content codings`);
  const { pipeline } = builtin('node:stream');
  const decoders = codings.reverse().map((coding) => decoderOf(coding, builtin('node:zlib')));
  const known = decoders.filter((decoder) => decoder !== undefined);
  if (known.length < decoders.length) return message;
  // What fails is told by the last of them.
  return pipeline([message, ...known], () => undefined) as unknown as Readable;
}

function decoderOf(coding: string, zlib: typeof Zlib): Transform | undefined {
  // What has come is given out at once, and a body that ends too soon is the stream's to judge.
  const flush = zlib.constants.Z_SYNC_FLUSH;
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip({ flush, finishFlush: flush });
    case 'deflate':
      return zlib.createInflate({ flush, finishFlush: flush });
    case 'br': {
      const brotli = zlib.constants.BROTLI_OPERATION_FLUSH;
      return zlib.createBrotliDecompress({ flush: brotli, finishFlush: brotli });
    }
    default:
      return undefined;
  }
}
