import type { Readable } from 'node:stream';
import type { ByteSource } from '../../event-stream/byte-source.js';
import { PushedBody } from './pushed-body.js';

/** @internal A stream of Node as a body: what breaks off fails after all that came before it. */
export function nodeBody(stream: Readable): ByteSource {
  const body = new PushedBody({
    resume: () => stream.resume(),
    cancel: () => stream.destroy(),
  });
  const lose = (error: unknown) => {
    // What came together with the error is still in the stream.
    for (let bytes; (bytes = stream.read() as Uint8Array | null) !== null;) body.push(bytes);
    body.finish((sink) => {
      sink.lost(error);
    });
  };
  stream
    .on('data', (bytes: Uint8Array) => {
      if (!body.push(bytes)) stream.pause();
    })
    .on('end', () => {
      body.finish((sink) => {
        sink.end();
      });
    })
    .on('error', lose)
    // Closed without an end, and without an error.
    .on('close', () => {
      lose(new Error('closed'));
    });
  return body;
}
