import { Redis } from 'ioredis';
import { concatMap, defer, from, type Observable } from 'rxjs';
import { createResumableStreamContext } from 'resumable-stream/ioredis';
import { fromReadableStream, toReadableStream } from '../../../lib/index.js';
import type { Contender } from './contender.js';

function contextAt(url: string) {
  const connect = () => {
    const client = new Redis(url);
    client.on('error', () => undefined);
    return client;
  };
  return createResumableStreamContext({
    waitUntil: null,
    publisher: connect(),
    subscriber: connect(),
  });
}

/** The package `resumable-stream`, as its README uses it: each value is a line. */
export const resumableStream: Contender = {
  produce: async (url, id, value$) => {
    const lines = () => toReadableStream(value$.pipe(concatMap((value) => [`${String(value)}\n`])));
    const stream = await contextAt(url).createNewResumableStream(id, lines);
    if (stream === null) throw new Error('the stream is there already');
    // The one who has asked reads it, too.
    void stream.pipeTo(new WritableStream()).catch(() => undefined);
  },
  consume: (url, id) =>
    defer(async () => await contextAt(url).resumeExistingStream(id)).pipe(
      concatMap((stream): Observable<string> => {
        if (stream === null || stream === undefined) throw new Error('the stream is done');
        return fromReadableStream(stream);
      }),
      concatMap((text) => from(text.split('\n').filter((line) => line !== ''))),
      concatMap((line) => [Number(line)]),
    ),
};
