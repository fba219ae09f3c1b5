import { remoteError } from './remote-error.js';

/**
 * @internal Throws a `bad_stream` error for the JSON of a message whose fields are not what a message's are: what it is folded
 * with reads them without asking.
 */
export function checkMessageJson(json: object): void {
  const fields = json as Readonly<Record<string, unknown>>;
  for (const [name, isValid] of CHECKS) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!isValid(value)) throw remoteError('bad_stream', `a message came with an invalid ${name}`);
  }
}

type Check = (value: unknown) => boolean;
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const isString: Check = (value) => typeof value === 'string';
const isIndex: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isObject: Check = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount: Check = (value) => value === null || typeof value === 'number';
/** An object whose fields of these names are as they must be; of others, nothing is known. */
const has =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) &&
    Object.entries(checks).every(([name, check]) =>
      check((value as Record<string, unknown>)[name]),
    );
const each =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const BLOCK = has({ type: optional(isString), index: optional(isIndex) });
const CALL = { id: optional(isString), name: isString };
const CHECKS: readonly (readonly [string, Check])[] = Object.entries({
  content: (value) => isString(value) || each(BLOCK)(value),
  id: optional(isString),
  name: optional(isString),
  additional_kwargs: isObject,
  response_metadata: isObject,
  finish_reason: optional(isString),
  tool_calls: optional(each(has({ ...CALL, args: isObject }))),
  invalid_tool_calls: optional(each(has({ ...CALL, name: optional(isString), args: isString }))),
  tool_call_chunks: optional(
    each(
      has({
        id: optional(isString),
        name: optional(isString),
        index: optional(isIndex),
        args: isString,
      }),
    ),
  ),
  usage_metadata: optional(
    has(
      Object.fromEntries(
        ['input_tokens', 'output_tokens', 'total_tokens'].map((name) => [name, optional(isCount)]),
      ),
    ),
  ),
  tool_call_id: optional(isString),
  status: optional(isString),
} satisfies Record<string, Check>);
