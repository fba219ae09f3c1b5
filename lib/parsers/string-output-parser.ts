import { map, type Observable } from 'rxjs';
import { accumulate } from '../core/fold-chunks.js';
import { GrowingText } from '../core/internal/growing-text.js';
import type { RunConfig } from '../core/run-config.js';
import type { RunInput } from '../core/run-input.js';
import { Runnable } from '../core/runnable.js';
import { runChunks$ } from '../core/run/run-lifecycle.js';
import { type ParserInput, textOfInput } from './parser-input.js';

/**
 * Takes the text out of messages: one text for each chunk, `''` for a chunk that has none (reasoning, a tool call,
 * usage), and the whole text at the end, `''` if nothing came.
 *
 * @example
 * await new StringOutputParser().invoke(new AIMessage('gold')) // => 'gold'
 */
export class StringOutputParser extends Runnable<ParserInput, string> {
  static override readonly lcName = 'StrOutputParser';
  override readonly runType = 'parser';
  override readonly takes = 'chunks';
  override readonly fold = accumulate<string, string>(() => new GrowingText());

  override run$(input: RunInput<ParserInput>, config: RunConfig): Observable<string> {
    const { name } = this;
    return runChunks$(this, input, config, (chunks$) =>
      chunks$.pipe(map((chunk) => textOfInput(chunk, name))),
    );
  }

  override checkInput(input: ParserInput): void {
    textOfInput(input, this.name);
  }
}
