import { defer, type Observable } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import type { RunConfig } from '../core/run-config.js';
import type { RunInput } from '../core/run-input.js';
import { Runnable } from '../core/runnable.js';
import { runWhole$ } from '../core/run/run-lifecycle.js';
import type { LambdaConfig } from './lambda.js';

/** A piece of text with its metadata. */
export interface RetrievedDocument {
  readonly pageContent: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly id?: string;
}

/**
 * Finds documents for a query. A subclass implements `getRelevantDocuments`. Its runs emit `on_retriever_start` and
 * `on_retriever_end`. `config.signal` is aborted at the end of the run.
 *
 * @example
 * class Shelf extends Retriever {
 *   override getRelevantDocuments(query: string) { return [{ pageContent: `all about ${query}`, metadata: {} }]; }
 * }
 * await new Shelf().invoke('goldfish') // => [{ pageContent: 'all about goldfish', metadata: {} }]
 */
export abstract class Retriever extends Runnable<string, readonly RetrievedDocument[]> {
  override readonly runType = 'retriever';

  protected abstract getRelevantDocuments(
    query: string,
    config: LambdaConfig,
  ): readonly RetrievedDocument[] | Promise<readonly RetrievedDocument[]>;

  override run$(
    input: RunInput<string>,
    config: RunConfig,
  ): Observable<readonly RetrievedDocument[]> {
    return runWhole$(this, input, config, (query, run) => {
      this.checkInput(query);
      return defer(async () => this.getRelevantDocuments(query, run.configFor<LambdaConfig>()));
    });
  }

  override checkInput(query: string): void {
    if (typeof query !== 'string')
      throw new TypeError(`${this.name} takes a query as a string, got ${describeValue(query)}`);
  }

  override showInput(query: string): unknown {
    return { query };
  }
}
