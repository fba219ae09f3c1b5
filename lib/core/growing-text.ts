import { flatText } from './flat-text.js';

/** Characters of a page: copied once, and few enough that nobody waits for it. */
const PAGE = 1024;

/**
 * @internal A text that grows by small pieces, at a cost per piece that does not grow.
 *
 * A string that grows by `+=` is a tree with a node for each piece as long as nobody looks inside, and the garbage
 * collector goes through all of it time and again: with some such texts of one stream that was half of what a chunk cost.
 * Here there is a node for each page.
 */
export class GrowingText {
  private pages = '';
  private page = '';
  private last = '';

  add(piece: string): void {
    this.page += piece;
    if (this.page.length < PAGE) return;
    const page = flatText(this.page);
    // What a small body swells into repeats itself: a page like the one before it takes no memory of its own.
    if (page !== this.last) this.last = page;
    this.pages += this.last;
    this.page = '';
  }

  get whole(): string {
    return this.pages + this.page;
  }

  get length(): number {
    return this.pages.length + this.page.length;
  }
}
