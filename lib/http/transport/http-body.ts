import type { Readable } from 'node:stream';

/** Pieces of at most 64 KiB that may wait to be read; then the socket does. */
const MOST_WAITING = 4;

/**
 * @internal The body of a response: what Node reads, as a web stream that is read no faster than it is asked. What breaks
 * off fails it when all that has come before has been read.
 */
export function bodyOf(source: Readable): ReadableStream<Uint8Array> {
  return new ReadableStream(new Body(source), { highWaterMark: 0 });
}

type Controller = ReadableStreamDefaultController<Uint8Array>;

class Body implements UnderlyingDefaultSource<Uint8Array> {
  private readonly source: Readable;
  private readonly waiting: Uint8Array[] = [];
  /** How it is over, to be told when nothing waits. */
  private ending: ((controller: Controller) => void) | undefined;
  /** Who has asked for more than there was. */
  private asking: Controller | undefined;

  constructor(source: Readable) {
    this.source = source;
    source
      .on('data', (bytes: Buffer) => {
        this.waiting.push(bytes);
        this.give();
        if (this.waiting.length >= MOST_WAITING) source.pause();
      })
      .on('end', () => {
        this.ending = (controller) => {
          controller.close();
        };
        this.give();
      })
      .on('error', (cause) => {
        // What came with the error has not been told yet.
        for (let bytes; (bytes = source.read() as Buffer | null) !== null;)
          this.waiting.push(bytes);
        this.ending = (controller) => {
          // As `fetch` says it.
          controller.error(new TypeError('terminated', { cause }));
        };
        this.give();
      });
  }

  pull(controller: Controller): void {
    this.asking = controller;
    this.give();
    if (this.waiting.length < MOST_WAITING) this.source.resume();
  }

  cancel(): void {
    this.asking = undefined;
    this.source.removeAllListeners('data').destroy();
  }

  private give(): void {
    const { asking } = this;
    if (asking === undefined) return;
    const bytes = this.waiting.shift();
    if (bytes === undefined && this.ending === undefined) return;
    this.asking = undefined;
    if (bytes === undefined) this.ending?.(asking);
    else asking.enqueue(bytes);
  }
}
