/**
 * @internal Secrets that must not show up in what is told to anybody, whoever echoes them.
 */
export class Secrets {
  readonly #values = new Set<string>();
  readonly #shared: Secrets | undefined;

  /** Those of one call, beside the ones that are `shared` by all. */
  constructor(shared?: Secrets) {
    this.#shared = shared;
  }

  add(value: unknown): void {
    // What is shorter stands in any text, and is no key.
    if (typeof value === 'string' && value.length >= 8) this.#values.add(value);
  }

  addHeaders(headers: Iterable<readonly [string, unknown]>): void {
    for (const [name, value] of headers) {
      if (typeof value !== 'string' || !/auth|key|token|secret|cookie/i.test(name)) continue;
      this.add(value);
      this.add(value.replace(/^\w+ /, ''));
    }
  }

  /** The text without them. */
  scrub(text: string): string {
    let scrubbed = this.#shared?.scrub(text) ?? text;
    for (const value of this.#values) {
      if (scrubbed.includes(value)) scrubbed = scrubbed.replaceAll(value, '[redacted]');
    }
    return scrubbed;
  }
}
