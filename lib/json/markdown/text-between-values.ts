const BOM = '\uFEFF';
const BLANK = /\s/;
const FENCE_MARKS = 3;

/** What a character of prose may be the beginning of. `rest` goes on behind a value, as only broken JSON does. */
export type Beginning = 'value' | 'fence' | 'tag' | 'rest';

/** @internal What stands between values, fences and tags of a text, read one character after the other. */
export class Prose {
  /**
   * Of a value that begins here: whether it begins its line (or follows one that does), whether it begins the text, so
   * that any value may be all of it, and whether it is what a colon announces.
   */
  readonly place = { isOwnLine: true, isFirst: true, followsColon: false };
  #mark = '';
  #marks = 0;
  /** The last character of the line that is not blank. */
  #before = '';
  /** The same of the text. */
  #last = '';
  /** What has come since a value: nothing but blanks, or a comma as well. */
  #gap: 'none' | 'blank' | 'comma' = 'none';
  #followsOwnLine = false;

  read(char: string, position: number): Beginning | undefined {
    if (BLANK.test(char) || (char === BOM && position === 0)) {
      if (char === '\n') this.#before = '';
      this.#mark = '';
      return undefined;
    }
    if (this.#readMark(char)) return 'fence';
    if (char === '<') return 'tag';
    if (this.#gap !== 'none' && char === ',') {
      this.#gap = 'comma';
      return undefined;
    }
    if (this.#gap === 'comma' && char === '"') return 'rest';
    if (char === '{' || char === '[' || (this.place.isFirst && this.#mark === '')) {
      this.place.followsColon = this.#gap === 'none' && this.#last === ':';
      this.place.isOwnLine =
        this.#gap === 'none' ? this.#before === '' || this.#before === '>' : this.#followsOwnLine;
      return 'value';
    }
    this.goOn(char);
    return undefined;
  }

  /** Goes on behind what was none of its beginnings after all. */
  goOn(char: string): void {
    this.place.isFirst = false;
    this.#before = this.#last = char;
    this.#gap = 'none';
  }

  /** Goes on behind a value. */
  goOnBehindValue(isOwnLine: boolean): void {
    this.goOn('}');
    this.#gap = 'blank';
    this.#followsOwnLine = isOwnLine;
  }

  /** Goes on behind a fence, whose end may be longer than its beginning. */
  goOnBehindFence(mark: string): void {
    this.goOn(mark);
    this.#mark = mark;
    this.#marks = -Infinity;
  }

  #readMark(char: string): boolean {
    const isMark = char === '`' || (char === '~' && (this.#before === '' || this.#mark === '~'));
    this.#marks = isMark && this.#mark === char ? this.#marks + 1 : 1;
    this.#mark = isMark ? char : '';
    return isMark && this.#marks === FENCE_MARKS;
  }
}
