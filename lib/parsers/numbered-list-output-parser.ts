import { ListOutputParser } from './list-output-parser.js';

/**
 * Reads the items of a numbered list, `1. ` and so on in a line each, as they are complete, and all of them at the end.
 * Other lines are passed over.
 *
 * @example
 * await new NumberedListOutputParser().invoke('Colours:\n1. gold\n2. silver') // => ['gold', 'silver']
 */
export class NumberedListOutputParser extends ListOutputParser {
  static override readonly lcName = 'NumberedListOutputParser';
  protected override readonly separator = '\n';

  protected override itemIn(text: string): string | undefined {
    // One digit is enough: `\d+` would try every digit of a long number again.
    return /\d\.\s([^\r]+)/.exec(text)?.[1];
  }
}
