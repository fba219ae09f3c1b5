import { ListOutputParser } from './list-output-parser.js';

/**
 * Reads the items of a Markdown list, `- ` or `* ` in a line each, as they are complete, and all of them at the end.
 * Other lines are passed over.
 *
 * @example
 * await new MarkdownListOutputParser().invoke('Colours:\n- gold\n- silver') // => ['gold', 'silver']
 */
export class MarkdownListOutputParser extends ListOutputParser {
  static override readonly lcName = 'MarkdownListOutputParser';
  protected override readonly separator = '\n';

  protected override itemIn(text: string): string | undefined {
    return /^\s*[-*]\s([^\r]+)/.exec(text)?.[1];
  }
}
