import { isJson, type Json, type Refusal, refusal } from './refusal.js';

const BY_NAME = ['properties', '$defs', 'definitions'];

/** What the service refuses of a schema that is to be held exactly. `what` is who has it, e.g. `function 'add'`. */
export function refusalOfStrict(schema: unknown, what: string, param: string): Refusal | undefined {
  const problem = problemOf(schema, []);
  return problem === undefined
    ? undefined
    : refusal(`Invalid schema for ${what}: ${problem}`, param, 'invalid_function_parameters');
}

function problemOf(schema: unknown, path: readonly string[]): string | undefined {
  if (Array.isArray(schema)) return firstProblem(schema.map((each) => [each, path] as const));
  if (!isJson(schema)) return undefined;
  const where = `In context=(${path.map((step) => `'${step}'`).join(', ')}),`;
  const { type, properties, additionalProperties } = schema;
  if (type === 'object' || isJson(properties)) {
    if (additionalProperties !== false)
      return `${where} 'additionalProperties' is required to be supplied and to be false.`;
    const required = Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : [];
    const missing = Object.keys(isJson(properties) ? properties : {}).find(
      (name) => !required.includes(name),
    );
    if (missing !== undefined)
      return `${where} 'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`;
  }
  return firstProblem(within(schema, path));
}

function within(schema: Json, path: readonly string[]) {
  const named = BY_NAME.flatMap((keyword) => {
    const schemas = schema[keyword];
    return isJson(schemas)
      ? Object.entries(schemas).map(([name, each]) => [each, [...path, keyword, name]] as const)
      : [];
  });
  const others = ['items', 'anyOf', 'prefixItems'].map(
    (keyword) => [schema[keyword], [...path, keyword]] as const,
  );
  return [...named, ...others];
}

function firstProblem(
  places: readonly (readonly [schema: unknown, path: readonly string[]])[],
): string | undefined {
  for (const [schema, path] of places) {
    const problem = problemOf(schema, path);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
