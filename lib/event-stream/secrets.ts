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

  /**
   * What may be the cause of another error: of this one its name, message, code and stack, unless they show a secret. What
   * else it carries, the bytes that could not be read for one, may show it in a way of its own.
   */
  asCause(error: unknown): unknown {
    const { name, message, code, stack } = Object(error) as Partial<NodeJS.ErrnoException>;
    const shown = `${String(error)}${String(code)}${String(stack)}`;
    if (this.scrub(shown) !== shown) return undefined;
    if (typeof error !== 'object' || message === undefined) return error;
    const fields = Object.entries({ name, code, stack }).filter(([, value]) => value !== undefined);
    return Object.defineProperties(
      new Error(message),
      Object.fromEntries(
        fields.map(([key, value]) => [key, { value, enumerable: key === 'code', writable: true }]),
      ),
    );
  }
}
