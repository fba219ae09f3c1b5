import { ListOutputParser } from './list-output-parser.js';

/**
 * Reads a list whose items stand between commas: each item as it is complete, without the space around it, and all of
 * them at the end. An empty answer is one empty item.
 *
 * @example
 * await new CommaSeparatedListOutputParser().invoke('gold, silver') // => ['gold', 'silver']
 */
export class CommaSeparatedListOutputParser extends ListOutputParser {
  static override readonly lcName = 'CommaSeparatedListOutputParser';
  protected override readonly separator = ',';

  protected override itemIn(text: string): string {
    return text.trim();
  }
}
