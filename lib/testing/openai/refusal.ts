/** How the service says no: its words, the place in the request, and its name for the case. */
export interface Refusal {
  readonly message: string;
  readonly param: string | null;
  readonly code: string | null;
}

export type Json = Readonly<Record<string, unknown>>;

export const refusal = (
  message: string,
  param: string | null = null,
  code: string | null = null,
): Refusal => ({ message, param, code });

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const listOf = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? (value as unknown[]).filter(isJson) : [];

/** A value of a kind that is none of those that the service knows at this place. */
export function notOneOf(
  value: unknown,
  known: readonly string[],
  param: string,
): Refusal | undefined {
  if (typeof value === 'string' && known.includes(value)) return undefined;
  if (value === undefined)
    return refusal(`Missing required parameter: '${param}'.`, param, 'missing_required_parameter');
  const names = known.map((each) => `'${each}'`);
  const last = names.pop() ?? '';
  const before =
    names.length > 1 ? `${names.join(', ')}, and ` : names.map((name) => `${name} and `).join('');
  const listed = `${before}${last}`;
  return refusal(
    `Invalid value: '${shown(value)}'. Supported values are: ${listed}.`,
    param,
    'invalid_value',
  );
}

/** What is no text where the service wants one. */
export function notText(value: unknown, param: string): Refusal | undefined {
  if (typeof value === 'string') return undefined;
  if (value === undefined)
    return refusal(`Missing required parameter: '${param}'.`, param, 'missing_required_parameter');
  const kind = Array.isArray(value) ? 'an array' : isJson(value) ? 'an object' : typeof value;
  return refusal(
    `Invalid type for '${param}': expected a string, but got ${kind} instead.`,
    param,
    'invalid_type',
  );
}

/** What is longer than the service takes. */
export function tooLong(value: string, max: number, param: string): Refusal | undefined {
  if (value.length <= max) return undefined;
  return refusal(
    `Invalid '${param}': string too long. Expected a string with maximum length ${max}, but got a string with length ${value.length} instead.`,
    param,
    'string_above_max_length',
  );
}

/** A name with characters that the service does not take. */
export function badName(value: unknown, param: string): Refusal | undefined {
  const wrong = notText(value, param);
  if (wrong !== undefined) return wrong;
  if (/^[a-zA-Z0-9_-]+$/.test(value as string)) return tooLong(value as string, 64, param);
  return refusal(
    `Invalid '${param}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
    param,
    'invalid_value',
  );
}

/** A value as it stands in a message. */
export const shown = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** The first refusal of a list of checks. */
export function firstOf<T>(
  values: readonly T[],
  check: (value: T, index: number) => Refusal | undefined,
): Refusal | undefined {
  for (const [index, value] of values.entries()) {
    const found = check(value, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
