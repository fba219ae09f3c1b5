import { describeValue } from '../../core/internal/describe-value.js';
import type { JsonSchema } from '../standard-schema.js';

const UNIONS = ['anyOf', 'oneOf', 'allOf'] as const;

/**
 * @internal The JSON Schema of a call's arguments in the form that providers accept: an object without `anyOf`, `oneOf` or
 * `allOf` at its root. A reference at the root is resolved, and the objects of an `allOf` are joined. Throws a `TypeError`
 * that begins with `place` and ends with the remedy for anything else.
 */
export function objectSchema(schema: JsonSchema, place: string): JsonSchema {
  const json = joinObjects(followed(schema, new Set()));
  const { type } = json;
  if (type !== undefined && type !== 'object') {
    throw new TypeError(
      `${place} must be one of an object, as the arguments of a call are, and is one of ${describeValue(type)}: ` +
        'make that a property',
    );
  }
  const union = UNIONS.find((keyword) => json[keyword] !== undefined);
  if (union !== undefined) {
    throw new TypeError(
      `${place} has ${union} at its root, which providers refuse for the arguments of a call: make that a property, ` +
        'z.object({ value: … }) say',
    );
  }
  return json;
}

/** The target of a reference at the root, with the definitions. */
function followed(schema: JsonSchema, seen: Set<unknown>): JsonSchema {
  const { $ref, ...rest } = schema;
  const [, keyword = '', name = ''] = /^#\/(\$defs|definitions)\/([^/]+)$/.exec(String($ref)) ?? [];
  const definitions = Object(schema[keyword]) as Readonly<Record<string, unknown>>;
  const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
  if ($ref === undefined || seen.has($ref) || !Object.hasOwn(definitions, key)) return schema;
  seen.add($ref);
  return followed({ ...(definitions[key] as JsonSchema), ...rest }, seen);
}

/** The keywords of object schemas that can be joined. */
const JOINABLE = new Set(['type', 'properties', 'required', 'description', 'title']);

/** @internal Joins the objects of an `allOf` (an intersection in zod) without common properties into one object. */
export function joinObjects(schema: JsonSchema): JsonSchema {
  const { allOf, ...rest } = schema;
  if (!Array.isArray(allOf)) return schema;
  const members = allOf.map((member) => joinObjects(Object(member) as JsonSchema));
  const own = Object.fromEntries(Object.entries(rest).filter(([key]) => JOINABLE.has(key)));
  const all = [own, ...members];
  const names = all.flatMap(({ properties }) => Object.keys(Object(properties) as object));
  const isJoinable =
    members.every(
      ({ type, ...member }) =>
        type === 'object' && Object.keys(member).every((key) => JOINABLE.has(key)),
    ) && new Set(names).size === names.length;
  if (!isJoinable) return schema;
  const properties = all.flatMap((each) => Object.entries(Object(each['properties']) as object));
  const required = all.flatMap((each) => (each['required'] ?? []) as readonly string[]);
  return {
    ...rest,
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required: [...new Set(required)] }),
  };
}
