import {
  concat,
  defer,
  distinctUntilChanged,
  filter,
  map,
  type Observable,
  of,
  type OperatorFunction,
  takeLast,
} from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import { accumulate } from '../core/fold-chunks.js';
import type { RunConfig } from '../core/run-config.js';
import type { RunInput } from '../core/run-input.js';
import { Runnable } from '../core/runnable.js';
import { runChunks$ } from '../core/run/run-lifecycle.js';
import type { DeepPartial } from '../json/deep-partial.js';
import { diffJson, type JsonPatchOperation } from '../json/json-patch.js';
import { JsonReader } from './internal/json-reader.js';
import { type ParserInput, textOfInput } from './parser-input.js';
import { PatchedValue } from './internal/patched-value.js';

/** What a JSON parser may be asked. */
export interface JsonOutputParserOptions<Diff extends boolean = boolean> {
  /** Emits what has changed, as JSON Patch, instead of the values. @defaultValue false */
  readonly diff?: Diff;
  /** Takes line ends and tabs in strings as they are, which JSON has escaped. @defaultValue false */
  readonly rawNewlines?: boolean;
}

/**
 * Reads the JSON of an answer while it grows: emits the value so far each time that something shows in it, and gives
 * the whole value at the end. With `diff` it emits what has changed, the first time the whole value, and gives the same.
 *
 *     text    -{"a":"gold-fish",-"b":1}-|
 *     result  -{a:'gold'}-{a:'goldfish'}-{a:'goldfish',b:1}-|
 *
 * The JSON may be the whole answer, stand in a Markdown fence, or be an object or array in prose. Reasoning blocks, tool
 * blocks and what a model thinks aloud in `<thinking>` or `<think>` are passed over. A fence counts before what is in
 * prose, one that is tagged `json` (`jsonc`, `json5`, `javascript`, `typescript`, in which comments and trailing commas
 * are passed over) before others, and a value that begins a line before one within a line. If there is nothing else, the
 * value counts that a fenced program assigns (`const fish = {…}`). Invalid JSON is never mended, and two different values
 * of which none comes first are an error, too.
 *
 * A value that has been emitted never changes, and each is a beginning of the last, unless something that counts before
 * it comes: numbers, `true`, `false` and `null` show when they are whole. A `ParseError` that carries the text comes at the
 * end if the answer holds no JSON (`not_json`), or no whole JSON because it was cut off (`length`) or refused (`content_filter`), and at once if it is longer than 4 Mi characters or deeper than 256 levels
 * (`too_large`).
 *
 * @example
 * const parser = new JsonOutputParser<{ title: string }>();
 * await parser.invoke('Here you are:\n```json\n{"title":"Goldfish"}\n```') // => { title: 'Goldfish' }
 *
 * @example
 * const patches = new JsonOutputParser<{ title: string }, true>({ diff: true });
 * patches.stream$('{"title":"Goldfish"}') // => [[{ op: 'replace', path: '', value: { title: 'Goldfish' } }]]
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6902 | RFC 6902} (JSON Patch)
 */
export class JsonOutputParser<T = unknown, const Diff extends boolean = false> extends Runnable<
  ParserInput,
  T,
  Diff extends true ? readonly JsonPatchOperation[] : DeepPartial<T>
> {
  static override readonly lcName = 'JsonOutputParser';
  override readonly runType = 'parser';
  override readonly takes = 'chunks';
  override readonly fold: OperatorFunction<never, T>;
  readonly #diff: boolean;
  readonly #rawNewlines: boolean;

  constructor({ diff, rawNewlines }: JsonOutputParserOptions<Diff> = {}) {
    super();
    this.#diff = checkFlag('diff', diff);
    this.#rawNewlines = checkFlag('rawNewlines', rawNewlines);
    this.fold = (
      this.#diff ? accumulate(() => new PatchedValue()) : takeLast(1)
    ) as OperatorFunction<never, T>;
  }

  override run$(
    input: RunInput<ParserInput>,
    config: RunConfig,
  ): Observable<Diff extends true ? readonly JsonPatchOperation[] : DeepPartial<T>> {
    return runChunks$(this, input, config, (chunks$) => {
      const values$ = (chunks$ as Observable<ParserInput>).pipe(
        readJson(() => new JsonReader(this.name, { rawNewlines: this.#rawNewlines })),
      );
      return (this.#diff ? values$.pipe(toPatches()) : values$) as Observable<never>;
    });
  }

  override checkInput(input: ParserInput): void {
    textOfInput(input, this.name);
  }
}

function checkFlag(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean' && value !== undefined)
    throw new TypeError(`${name} must be true or false, got ${describeValue(value)}`);
  return value === true;
}

/** The values so far; what did not change is the same value. */
function readJson(makeReader: () => JsonReader): OperatorFunction<ParserInput, unknown> {
  return (chunks$) =>
    defer(() => {
      const json = makeReader();
      return concat(
        chunks$.pipe(map((chunk) => json.add(chunk))),
        defer(() => of(json.end())),
      ).pipe(
        filter((value) => value !== undefined),
        distinctUntilChanged(),
      );
    });
}

function toPatches(): OperatorFunction<unknown, readonly JsonPatchOperation[]> {
  return (values$) =>
    defer(() => {
      let previous: unknown;
      return values$.pipe(
        map((value) => {
          const patch = diffJson(previous, value);
          previous = value;
          return patch;
        }),
        filter((patch) => patch.length > 0),
      );
    });
}
