import type { ByteSink, ByteSource } from './byte-source.js';

/** @internal A web stream as a source of bytes, one read at a time and none while it is paused. */
export function webSource(stream: ReadableStream<Uint8Array>): ByteSource {
  return new WebSource(stream.getReader());
}

class WebSource implements ByteSource {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #sink: ByteSink | undefined;
  #paused = false;
  #reading = false;
  ended = false;

  constructor(reader: ReadableStreamDefaultReader<Uint8Array>) {
    this.#reader = reader;
  }

  pipe(sink: ByteSink): void {
    this.#sink = sink;
    this.#read();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#read();
  }

  cancel(): void {
    this.ended = true;
    this.#sink = undefined;
    this.#reader.cancel().catch(() => undefined);
  }

  #read(): void {
    if (this.#paused || this.#reading || this.ended || this.#sink === undefined) return;
    this.#reading = true;
    this.#reader.read().then(
      ({ done, value }) => {
        this.#reading = false;
        if (done) this.ended = true;
        if (done) this.#sink?.end();
        else {
          this.#sink?.bytes([value]);
          this.#read();
        }
      },
      (error: unknown) => {
        this.ended = true;
        this.#sink?.lost(error);
      },
    );
  }
}
