import { describeValue } from '../../core/internal/describe-value.js';
import { toJsonSchema } from '../../tools/to-json-schema.js';
import type { ResponseFormat } from '../../models/response-format.js';
import { isRecord } from '../../core/internal/is-record.js';
import { type Json } from '../../http/decoder/json.js';

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/** @internal The format with its schema as JSON Schema, flat as Responses takes it; undefined for plain text. */
export function toFormat(
  format: ResponseFormat | undefined,
  { strictTools }: { readonly strictTools: boolean },
): Json | undefined {
  if (format === undefined || format.type === 'text') return undefined;
  if (format.type !== 'json_schema') return { type: 'json_object' };
  const { name = 'answer', schema } = format;
  if (!NAME.test(name))
    throw new TypeError(
      `responseFormat.name must have 1 to 64 letters, digits, _ and -, got ${describeValue(name)}`,
    );
  const json = toJsonSchema(schema, 'the schema of responseFormat');
  const exact = closed(json);
  const strict = format.strict ?? (strictTools && isExact(exact));
  return {
    type: 'json_schema',
    name,
    schema: strict ? exact : json,
    ...(strict ? { strict } : {}),
  };
}

/** Strict schemas have to refuse further properties. */
function closed(schema: Json): Json {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isRecord(value)) return value;
    const fields = mapValues(value, walk);
    return fields['type'] === 'object' && fields['additionalProperties'] === undefined
      ? { ...fields, additionalProperties: false }
      : fields;
  };
  return walk(schema) as Json;
}

/** Whether the server takes it as strict: all objects are closed, and all their properties required. */
function isExact(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isExact);
  if (!isRecord(value)) return true;
  const { type, properties, required, additionalProperties } = value;
  if (type === 'object' || isRecord(properties)) {
    const names = Object.keys(isRecord(properties) ? properties : {});
    const needed = Array.isArray(required) ? (required as unknown[]) : [];
    if (additionalProperties !== false || !names.every((name) => needed.includes(name)))
      return false;
  }
  return Object.values(value).every(isExact);
}

/** By definition, as a schema may name a property `__proto__`. */
function mapValues(value: Json, map: (each: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, map(each)]));
}
