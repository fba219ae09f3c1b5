/** What is wrong with the value at a path, in the words of the service; `undefined` if it may be there. */
export type Shape = (value: unknown, path: string) => string | undefined;

/** Fields by name; a `?` at the end of a name says that the field may be absent or null. */
export type Fields = Readonly<Record<string, Shape>>;

export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The string, or none. */
export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

export const any: Shape = () => undefined;
export const text: Shape = (value, path) =>
  typeof value === 'string' ? undefined : `${path}: Input should be a valid string`;
export const flag: Shape = (value, path) =>
  typeof value === 'boolean' ? undefined : `${path}: Input should be a valid boolean`;
export const dictionary: Shape = (value, path) =>
  isJson(value) ? undefined : `${path}: Input should be a valid dictionary`;

/** A number of at least `least` and at most `most`. */
export const number =
  (least = -Infinity, most = Infinity): Shape =>
  (value, path) => {
    if (typeof value !== 'number') return `${path}: Input should be a valid number`;
    if (value < least) return `${path}: Input should be greater than or equal to ${String(least)}`;
    return value > most
      ? `${path}: Input should be less than or equal to ${String(most)}`
      : undefined;
  };

/** One of these strings. */
export const one =
  (...values: readonly string[]): Shape =>
  (value, path) => {
    if (values.includes(value as string)) return undefined;
    const quoted = values.map((allowed) => `'${allowed}'`);
    const last = quoted.pop() ?? '';
    const list = quoted.length > 0 ? `${quoted.join(', ')} or ${last}` : last;
    return `${path}: Input should be ${list}`;
  };

export const matching =
  (pattern: RegExp): Shape =>
  (value, path) =>
    typeof value === 'string' && !pattern.test(value)
      ? `${path}: String should match pattern '${pattern.source}'`
      : text(value, path);

export const list =
  (item: Shape): Shape =>
  (value, path) =>
    Array.isArray(value)
      ? first(value, (entry, index) => item(entry, `${path}.${String(index)}`))
      : `${path}: Input should be a valid list`;

/** A string, or what `shape` takes. */
export const textOr =
  (shape: Shape): Shape =>
  (value, path) =>
    typeof value === 'string' ? undefined : shape(value, path);

/**
 * An object with these fields and no others.
 *
 * "Extra inputs are not permitted": anthropics/claude-code#4378, #31033; caozhiyuan/copilot-api#145.
 */
export const object =
  (fields: Fields): Shape =>
  (value, path) => {
    if (!isJson(value)) return `${path}: Input should be a valid dictionary`;
    for (const [key, shape] of Object.entries(fields)) {
      const isOptional = key.endsWith('?');
      const name = isOptional ? key.slice(0, -1) : key;
      const given = Object.hasOwn(value, name) ? value[name] : undefined;
      if (isOptional && (given === undefined || given === null)) continue;
      if (given === undefined) return `${path}.${name}: Field required`;
      const wrong = shape(given, `${path}.${name}`);
      if (wrong !== undefined) return wrong;
    }
    const extra = Object.keys(value).find(
      (name) => !Object.hasOwn(fields, name) && !Object.hasOwn(fields, `${name}?`),
    );
    return extra === undefined ? undefined : `${path}.${extra}: Extra inputs are not permitted`;
  };

/**
 * An object whose `type` says which fields it has. Its path goes on with that type, as the service writes it.
 *
 * "does not match any of the expected tags": `ContentBlockParam` of the SDK.
 */
export const tagged =
  (kinds: Readonly<Record<string, Fields>>): Shape =>
  (value, path) => {
    if (!isJson(value)) return `${path}: Input should be a valid dictionary or object`;
    const { type: given } = value;
    if (given === undefined) return `${path}: Unable to extract tag using discriminator 'type'`;
    const type = asText(given);
    const fields = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (fields !== undefined) return object({ type: any, ...fields })(value, `${path}.${type}`);
    const expected = Object.keys(kinds).map((kind) => `'${kind}'`);
    return `${path}: Input tag '${type}' found using 'type' does not match any of the expected tags: ${expected.join(', ')}`;
  };

/** What the first of the items gives that gives something. */
export function first<T>(
  items: readonly T[],
  wrongIn: (item: T, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const wrong = wrongIn(item, index);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
