import { flatText } from './flat-text.js';

/** Characters of a page: copied once, and few enough to be cheap. A short text has small ones. */
const LARGEST_PAGE = 1024;
const SMALLEST_PAGE = 64;

/**
 * @internal A text that grows by small pieces, at a cost per piece that does not grow.
 *
 * A string that grows by `+=` is a tree with a node for each piece until it is read, and the garbage
 * collector goes through all of it time and again: with some such texts of one stream that was half of what a chunk cost.
 * Here there is a node for each page. Pages grow with the text, so that of a thousand streams that have just begun not
 * each keeps its pieces.
 */
export class GrowingText {
  #pages = '';
  #page = '';
  #last = '';
  #size = SMALLEST_PAGE;

  add(piece: string): void {
    this.#page += piece;
    if (this.#page.length < this.#size) return;
    const page = flatText(this.#page);
    // What a small body swells into repeats itself: a page like the one before it takes no memory of its own.
    if (page !== this.#last) this.#last = page;
    this.#pages += this.#last;
    this.#page = '';
    this.#size = Math.min(LARGEST_PAGE, Math.max(SMALLEST_PAGE, this.#pages.length >> 3));
  }

  get whole(): string {
    return this.#pages + this.#page;
  }

  get length(): number {
    return this.#pages.length + this.#page.length;
  }
}
