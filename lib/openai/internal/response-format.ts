import { describeValue } from '../../core/internal/describe-value.js';
import { toJsonSchema } from '../../tools/to-json-schema.js';
import type { ResponseFormat } from '../openai-options.js';
import type { Json } from '../../http/decoder/json.js';

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/** @internal The format with its schema as JSON Schema, flat as Responses takes it; undefined for plain text. */
export function toFormat(
  format: ResponseFormat | undefined,
  { strictTools }: { readonly strictTools: boolean },
): Json | undefined {
  if (format === undefined || format.type === 'text') return undefined;
  if (format.type !== 'json_schema') return { type: 'json_object' };
  const { name = 'answer', schema, strict = strictTools } = format;
  if (!NAME.test(name))
    throw new TypeError(
      `responseFormat.name must have 1 to 64 letters, digits, _ and -, got ${describeValue(name)}`,
    );
  const json = toJsonSchema(schema, 'the schema of responseFormat');
  return {
    type: 'json_schema',
    name,
    schema: strict ? closed(json) : json,
    ...(strict ? { strict } : {}),
  };
}

/** Strict schemas have to refuse further properties and to require all of theirs. */
function closed(schema: Json): Json {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, walk(each)]),
    );
    return fields['type'] === 'object' && fields['additionalProperties'] === undefined
      ? { ...fields, additionalProperties: false }
      : fields;
  };
  return walk(schema) as Json;
}
