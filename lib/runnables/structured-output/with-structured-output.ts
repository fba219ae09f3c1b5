import { describeValue } from '../../core/internal/describe-value.js';
import type { Runnable } from '../../core/runnable.js';
import { ParseError } from '../../errors/parse-error.js';
import type { DeepPartial } from '../../json/deep-partial.js';
import type { MessagesInput } from '../../messages/coerce-messages.js';
import type { ChatModel } from '../../models/chat-model.js';
import { isChatModel } from '../../models/internal/is-chat-model.js';
import { JsonReader } from '../../parsers/internal/json-reader.js';
import { describeIssues } from '../../tools/internal/describe-issues.js';
import type { JsonSchema, StandardSchema, Validate } from '../../tools/standard-schema.js';
import { toJsonSchema, toObjectSchema } from '../../tools/to-json-schema.js';
import { validateWith } from '../../tools/internal/validate-with.js';
import { CallReader } from './call-reader.js';
import type { RawChunk, RawOutput } from './raw-output.js';
import { StructuredOutputParser } from './structured-output-parser.js';

/** The options of {@link withStructuredOutput}. */
export interface StructuredOutputOptions<Raw extends boolean = boolean> {
  /**
   * How the model is made to follow the schema: by a tool that it must call, or by the native output format of the provider
   * (`responseFormat`), which not every model has and which works with thinking. @defaultValue `'tool'`, or
   * `'json_schema'` for a model that thinks or that cannot be forced to call a tool
   */
  readonly method?: 'tool' | 'json_schema' | undefined;
  /** Whether to emit the message too, and its error instead of failing. @defaultValue false */
  readonly includeRaw?: Raw | undefined;
  /** The name of the tool. @defaultValue 'extract' */
  readonly name?: string | undefined;
}

/** The options for a JSON Schema, which validates nothing by itself. */
export interface JsonSchemaOutputOptions<
  T,
  Raw extends boolean = boolean,
> extends StructuredOutputOptions<Raw> {
  readonly validate?: Validate<T> | undefined;
}

/** The output, with or without `includeRaw`. */
type Output<T, Raw> = Raw extends true ? RawOutput<T> : T;
type Chunk<P, Raw> = Raw extends true ? RawChunk<P> : P;
/** `any`, with which TypeScript compares overloads, would recurse without end. */
type Growing<T> = 0 extends 1 & T ? T : DeepPartial<T>;

/**
 * Makes a model answer with values of a schema. Emits the growing value each time it changes, and at the end the validated
 * value.
 *
 *     model   -{"title":"Gold--fish"}-|
 *     result  -{title:'Gold'}--{title:'Goldfish'}-(validated|)
 *
 * Growing values are partial and not validated. At the end, an invalid answer is a `ParseError` with its text. The codes:
 * `length` (cut off at a limit), `content_filter` (refused), `not_json` (for example prose), `schema_mismatch` (with
 * `issues`). Errors of the model pass. Cancelling cancels the model.
 *
 * With `includeRaw` the output is `{ raw, parsed }`: the message, and the value or `null`, with the `ParseError` as
 * `parsing_error`. Each chunk has one of the three.
 *
 * The schema is a Standard Schema that converts to JSON Schema, or a JSON Schema (which validates nothing unless there is
 * a `validate`). The tool method needs the schema of an object. Effort and other output options of the model remain, and
 * so do bound tools: the tool method adds its own tool and forces the model to call it.
 *
 * @example
 * const recipe = z.object({ title: z.string(), steps: z.array(z.string()) });
 * withStructuredOutput(model, recipe).stream$('How do I fry a goldfish?').subscribe((value) => render(value.title, value.steps));
 */
export function withStructuredOutput<I, O, const Raw extends boolean = false>(
  model: ChatModel,
  schema: StandardSchema<I, O>,
  options?: StructuredOutputOptions<Raw>,
): Runnable<MessagesInput, Output<O, Raw>, Chunk<Growing<I> | Growing<O>, Raw>>;
export function withStructuredOutput<
  T = Record<string, unknown>,
  const Raw extends boolean = false,
>(
  model: ChatModel,
  schema: JsonSchema,
  options?: JsonSchemaOutputOptions<T, Raw>,
): Runnable<MessagesInput, Output<T, Raw>, Chunk<Growing<T>, Raw>>;
export function withStructuredOutput(
  model: ChatModel,
  schema: StandardSchema | JsonSchema,
  options: JsonSchemaOutputOptions<unknown> = {},
): Runnable<MessagesInput, never, never> {
  check(model, options);
  const {
    method = model.structuredOutputMethod(),
    includeRaw = false,
    name = 'extract',
    validate,
  } = options;
  const parser = StructuredOutputParser.lcName;
  return bind(model, schema, method, name).pipe(
    new StructuredOutputParser<never, never>({
      makeReader: () => (method === 'tool' ? new CallReader(parser, name) : new JsonReader(parser)),
      validate$: validateWith(schema, validate, (issues, value) => {
        const message = `${parser}: the answer does not match the schema: ${describeIssues(issues, value)}`;
        const text = JSON.stringify(value);
        return new ParseError(message, { code: 'schema_mismatch', text, issues });
      }),
      includeRaw,
    }),
  );
}

/** Binds the schema to the model. */
function bind(
  model: ChatModel,
  schema: StandardSchema | JsonSchema,
  method: 'tool' | 'json_schema',
  name: string,
): ChatModel {
  if (method === 'json_schema') {
    const responseFormat = { type: 'json_schema', schema: toJsonSchema(schema) } as const;
    return model.bind({ responseFormat });
  }
  const json = toObjectSchema(schema, 'the schema');
  const { description } = json;
  const { tools = [] } = model.optionsFor();
  if (tools.some((tool) => nameOf(tool) === name)) {
    throw new TypeError(
      `a tool of the model is named ${describeValue(name)} already: give withStructuredOutput another name`,
    );
  }
  return model.bindTools([...tools, { name, description, schema: json }], { toolChoice: name });
}

function nameOf(tool: unknown): unknown {
  const { name, function: f } = Object(tool) as Readonly<Record<string, unknown>>;
  return name ?? (Object(f) as { readonly name?: unknown }).name;
}

function check(
  model: unknown,
  { method = 'tool', name = 'extract' }: { readonly method?: unknown; readonly name?: unknown },
): void {
  if (!isChatModel(model))
    throw new TypeError(`withStructuredOutput takes a chat model, got ${describeValue(model)}`);
  if (method !== 'tool' && method !== 'json_schema')
    throw new TypeError(`method must be 'tool' or 'json_schema', got ${describeValue(method)}`);
  if (typeof name !== 'string' || name === '')
    throw new TypeError(`name must be a non-empty string, got ${describeValue(name)}`);
}
