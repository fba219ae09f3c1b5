/** @internal The headers of a response as they came: names and values in turn, of which few are ever looked at. */
export class RawHeaders implements Pick<Headers, 'get'> {
  readonly #raw: readonly { toString(encoding: 'latin1'): string }[];

  constructor(raw: readonly { toString(encoding: 'latin1'): string }[]) {
    this.#raw = raw;
  }

  get(name: string): string | null {
    const values: string[] = [];
    for (let at = 0; at + 1 < this.#raw.length; at += 2)
      if (this.#textAt(at).toLowerCase() === name.toLowerCase())
        values.push(this.#textAt(at + 1).trim());
    return values.length === 0 ? null : values.join(', ');
  }

  #textAt(at: number): string {
    return this.#raw[at]?.toString('latin1') ?? '';
  }
}
