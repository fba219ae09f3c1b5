import { attempt } from '../../core/internal/try-or-undefined.js';
import type { StreamDecoder } from './stream-decoder.js';

type Seen = (event: { readonly event: string; readonly data: unknown }) => void;

/** @internal Hands each event on as the provider has sent it, before it is decoded. */
export class RawDecoder implements StreamDecoder {
  readonly #decoder: StreamDecoder;
  readonly #seen: Seen;

  constructor(decoder: StreamDecoder, seen: Seen) {
    this.#decoder = decoder;
    this.#seen = seen;
  }

  get complete(): boolean {
    return this.#decoder.complete;
  }

  event(name: string, data: string): boolean {
    this.#seen({ event: name, data: attempt(() => JSON.parse(data) as unknown) ?? data });
    return this.#decoder.event(name, data);
  }

  end(rest: { readonly name: string; readonly data: string } | undefined): boolean {
    return this.#decoder.end(rest);
  }
}
