import { concat, defer, EMPTY, mergeMap, type Observable, type OperatorFunction } from 'rxjs';
import { type Accumulator, accumulate } from '../core/fold-chunks.js';
import type { RunConfig } from '../core/run-config.js';
import type { RunInput } from '../core/run-input.js';
import { Runnable } from '../core/runnable.js';
import { runChunks$ } from '../core/run/run-lifecycle.js';
import { type ParserInput, textOfInput } from './parser-input.js';

/**
 * Reads a list from an answer: emits each item as soon as it is complete, as an array of one, and gives all of them at
 * the end. A class of its own says what separates the items and what in a piece of text is the item.
 */
export abstract class ListOutputParser extends Runnable<ParserInput, string[]> {
  override readonly runType = 'parser';
  override readonly takes = 'chunks';
  override readonly fold: OperatorFunction<string[], string[]> = accumulate(() => new Items());

  /** One character. */
  protected abstract readonly separator: string;

  /** The item in the text between two separators; undefined where there is none. */
  protected abstract itemIn(text: string): string | undefined;

  override run$(input: RunInput<ParserInput>, config: RunConfig): Observable<string[]> {
    const { name, separator } = this;
    return runChunks$(this, input, config, (chunks$) =>
      chunks$.pipe(
        splitText((chunk) => textOfInput(chunk, name).split(separator)),
        mergeMap((text) => {
          const item = this.itemIn(text);
          return item === undefined ? EMPTY : [[item]];
        }),
      ),
    );
  }

  override checkInput(input: ParserInput): void {
    textOfInput(input, this.name);
  }
}

class Items implements Accumulator<string[], string[]> {
  readonly whole: string[] = [];

  add(items: string[]): void {
    this.whole.push(...items);
  }
}

/** The pieces between separators, each once the separator behind it has come, the last one at the end. */
function splitText(split: (chunk: unknown) => string[]): OperatorFunction<unknown, string> {
  return (chunks$) =>
    defer(() => {
      let open = '';
      return concat(
        chunks$.pipe(
          mergeMap((chunk) => {
            const [head = '', ...tail] = split(chunk);
            const pieces = [open + head, ...tail];
            open = pieces.pop() ?? '';
            return pieces;
          }),
        ),
        defer(() => [open]),
      );
    });
}
