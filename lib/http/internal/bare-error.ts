import { attempt } from '../../core/internal/try-or-undefined.js';

/** Characters at the end of a body that are looked at. */
const MAX_TAIL = 8192;

/**
 * @internal The end of an event stream as text, for the error that some proxies write into it as a bare line of JSON,
 * which no decoder of event streams reads.
 */
export class BareError {
  #tail = '\n';

  add(text: string): void {
    // Rarely: what is cut off the text is copied.
    const tail = this.#tail + text;
    this.#tail = tail.length < 2 * MAX_TAIL ? tail : tail.slice(-MAX_TAIL);
  }

  /** `{ "error": … }` on a line of its own; undefined where there is none. */
  get found(): unknown {
    return this.#tail
      .split(/[\r\n]+/)
      .slice(1)
      .filter((line) => line.startsWith('{'))
      .map((line) => attempt(() => JSON.parse(line) as unknown))
      .find((value) => Boolean((Object(value) as { readonly error?: unknown }).error));
  }
}
