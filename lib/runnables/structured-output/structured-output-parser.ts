import {
  catchError,
  concat,
  defer,
  filter,
  map,
  mergeMap,
  type Observable,
  of,
  type OperatorFunction,
  takeLast,
  throwError,
} from 'rxjs';
import { accumulate } from '../../core/fold-chunks.js';
import type { RunConfig } from '../../core/run-config.js';
import type { RunInput } from '../../core/run-input.js';
import { Runnable } from '../../core/runnable.js';
import { runChunks$ } from '../../core/run/run-lifecycle.js';
import { ParseError } from '../../errors/parse-error.js';
import type { AIMessage } from '../../messages/ai-message.js';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import { RawAccumulator, type RawChunk } from './raw-output.js';

/** @internal Reads the value of one answer while it grows. */
export interface AnswerReader {
  /** The value so far: undefined before there is one, the same object if nothing has changed. */
  add(chunk: AIMessageChunk): unknown;
  /** The value. Throws a `ParseError` if there is none. */
  end(): unknown;
}

interface StructuredOutputParserOptions {
  readonly makeReader: () => AnswerReader;
  /** Emits the validated value, or errors with a `ParseError`. */
  readonly validate$: (value: unknown) => Observable<unknown>;
  /** Whether to emit the message too, and its error instead of failing. */
  readonly includeRaw: boolean;
}

/**
 * @internal Emits the value of an answer while it grows, and the validated value at the end.
 */
export class StructuredOutputParser<out O, out C> extends Runnable<AIMessage, O, C> {
  static override readonly lcName = 'StructuredOutputParser';
  override readonly runType = 'parser';
  override readonly takes = 'chunks';
  override readonly fold: OperatorFunction<never, O>;
  readonly #options: StructuredOutputParserOptions;

  constructor(options: StructuredOutputParserOptions) {
    super();
    this.#options = options;
    this.fold = (
      options.includeRaw ? accumulate(() => new RawAccumulator()) : takeLast(1)
    ) as OperatorFunction<never, O>;
  }

  override run$(input: RunInput<AIMessage>, config: RunConfig): Observable<C> {
    return runChunks$(this, input, config, (chunks$) => {
      const output$ = (chunks$ as Observable<AIMessageChunk>).pipe(read(this.#options));
      const shown = this.#options.includeRaw ? keepParseError() : onlyParsed();
      return output$.pipe(shown) as Observable<C>;
    });
  }
}

function read({
  makeReader,
  validate$,
}: StructuredOutputParserOptions): OperatorFunction<AIMessageChunk, RawChunk<unknown>> {
  return (chunks$) =>
    defer(() => {
      const reader = makeReader();
      let shown: unknown;
      return concat(
        chunks$.pipe(
          mergeMap((raw) => {
            const parsed = reader.add(raw);
            if (parsed === shown) return [{ raw }];
            shown = parsed;
            return [{ raw }, { parsed }];
          }),
        ),
        defer(() => validate$(reader.end())).pipe(
          filter((value) => value !== shown),
          map((parsed) => ({ parsed })),
        ),
      );
    });
}

function onlyParsed(): OperatorFunction<RawChunk<unknown>, unknown> {
  return (output$) =>
    output$.pipe(
      filter((chunk) => 'parsed' in chunk),
      map(({ parsed }) => parsed),
    );
}

function keepParseError(): OperatorFunction<RawChunk<unknown>, RawChunk<unknown>> {
  return catchError((error: unknown) =>
    ParseError.is(error) ? of({ parsing_error: error }) : throwError(() => error),
  );
}
