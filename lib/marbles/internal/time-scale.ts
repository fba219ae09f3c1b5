/** @internal Times in milliseconds on a line of pixels. */
export class TimeScale {
  readonly #from: number;
  readonly #to: number;
  readonly #left: number;
  readonly #right: number;

  constructor(from: number, to: number, left: number, right: number) {
    this.#from = from;
    // A diagram of one moment is drawn too.
    this.#to = Math.max(to, from + 1);
    this.#left = left;
    this.#right = Math.max(right, left + 1);
  }

  /** The place of a time. */
  x(at: number): number {
    const share = (at - this.#from) / (this.#to - this.#from);
    return this.#left + share * (this.#right - this.#left);
  }

  /** The time at a place. */
  at(x: number): number {
    const share = (x - this.#left) / (this.#right - this.#left);
    return this.#from + share * (this.#to - this.#from);
  }

  /** The place of a time, or the nearer end of the line where it lies outside. */
  inside(at: number): number {
    return Math.min(this.#right, Math.max(this.#left, this.x(at)));
  }

  shows(at: number): boolean {
    return at >= this.#from && at <= this.#to;
  }

  /** Round times, about six. */
  ticks(): number[] {
    const rough = (this.#to - this.#from) / 6;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
    const first = Math.ceil(this.#from / step);
    const count = Math.floor(this.#to / step) - first + 1;
    return Array.from({ length: count }, (_, index) => (first + index) * step);
  }

  label(at: number): string {
    return this.#to - this.#from >= 10_000
      ? `${String(Math.round(at / 100) / 10)} s`
      : `${String(Math.round(at * 10) / 10)} ms`;
  }
}
