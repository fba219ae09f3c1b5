import type { Transform } from 'node:stream';
import type * as Zlib from 'node:zlib';
import type { ByteSource } from '../../event-stream/byte-source.js';
import type { Builtins } from './builtins.js';
import { nodeBody } from './node-body.js';

/** More codings of one body are a sign of an attack. */
const MOST_CODINGS = 5;

/**
 * @internal A body with its content codings undone: `gzip`, `deflate` and `br`, in whatever order. Another coding is left as it
 * is.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#name-content-encoding | RFC 9110, Content-Encoding}
 */
export function decodedBody(
  coding: string | null,
  body: ByteSource,
  builtin: Builtins,
): ByteSource {
  const codings = (coding ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  if (codings.length === 0) return body;
  if (codings.length > MOST_CODINGS)
    throw new RangeError(`more than ${MOST_CODINGS} content codings`);
  const makers = codings.reverse().map((name) => DECODERS.get(name));
  if (!makers.every((make) => make !== undefined)) return body;
  const zlib = builtin('node:zlib');
  const { pipeline, Readable } = builtin('node:stream');
  const source = new Readable({
    read: () => {
      body.resume();
    },
    destroy: (error, done) => {
      body.cancel();
      done(error);
    },
  });
  body.pipe({
    bytes: (pieces) => {
      const isFull = pieces.map((piece) => source.push(piece)).includes(false);
      if (isFull) body.pause();
    },
    end: () => source.push(null),
    lost: (error) => source.destroy(error as Error),
  });
  // The last of the decoders emits what fails.
  const decoded = pipeline([source, ...makers.map((make) => make(zlib))], () => undefined);
  return nodeBody(decoded as unknown as Transform);
}

/** What has come is given out at once, and a body that ends too soon is for its reader to judge. */
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
