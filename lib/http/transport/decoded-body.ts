import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import type * as Zlib from 'node:zlib';
import type { Builtins } from './builtins.js';

/** Nobody encodes more often; who sends more has something else in mind. */
const MOST_CODINGS = 5;

/**
 * @internal What a message holds, its content codings undone: `gzip`, `deflate` and `br`, in whatever order. Another coding
 * is left as it is.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#name-content-encoding | RFC 9110, Content-Encoding}
 */
export function decodedBody(message: IncomingMessage, builtin: Builtins): Readable {
  const codings = (message.headers['content-encoding'] ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length === 0) return message;
  if (codings.length > MOST_CODINGS)
    throw new RangeError(`more than ${MOST_CODINGS} content codings`);
  const makers = codings.reverse().map((coding) => DECODERS.get(coding));
  if (!makers.every((make) => make !== undefined)) return message;
  const zlib = builtin('node:zlib');
  const decoders = makers.map((make) => make(zlib));
  // What fails is told by the last of them.
  return builtin('node:stream').pipeline(
    [message, ...decoders],
    () => undefined,
  ) as unknown as Readable;
}

/** What has come is given out at once, and a body that ends too soon is the stream's to judge. */
const flushing = (flush: number) => ({ flush, finishFlush: flush });
const gunzip = ({ createGunzip, constants }: typeof Zlib): Transform =>
  createGunzip(flushing(constants.Z_SYNC_FLUSH));

const DECODERS: ReadonlyMap<string, (zlib: typeof Zlib) => Transform> = new Map([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', ({ createInflate, constants }) => createInflate(flushing(constants.Z_SYNC_FLUSH))],
  [
    'br',
    ({ createBrotliDecompress, constants }) =>
      createBrotliDecompress(flushing(constants.BROTLI_OPERATION_FLUSH)),
  ],
]);
