/** One step from a JSON value to another: an operation of RFC 6902, its path a JSON Pointer (RFC 6901). */
export type JsonPatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** Two containers of a kind that are still to be compared. */
interface Comparison {
  readonly op: 'compare';
  readonly path: string;
  readonly previous: object;
  readonly next: object;
}

type Step = JsonPatchOperation | Comparison;

/**
 * The operations that make `next` of `previous`: none if they are equal, one `replace` of the whole (path `''`) if
 * there was nothing before.
 *
 * What is the same object in both is not looked into. Within a container comes first what was there, from last to
 * first, then what is new, in order. An element appended to an array is an `add` at its index.
 *
 * @example
 * diffJson({ tags: ['a'] }, { tags: ['a', 'b'] }) // => [{ op: 'add', path: '/tags/1', value: 'b' }]
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6902 | RFC 6902}
 */
export function diffJson(previous: unknown, next: unknown): JsonPatchOperation[] {
  const operations: JsonPatchOperation[] = [];
  const steps = change('', previous, next);
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if (step.op !== 'compare') operations.push(step);
    else for (const inner of changes(step).reverse()) steps.push(inner);
  }
  return operations;
}

function changes({ path, previous, next }: Comparison): Step[] {
  return Array.isArray(previous) && Array.isArray(next)
    ? elementChanges(path, previous, next)
    : memberChanges(path, previous as JsonObject, next as JsonObject);
}

type JsonObject = Readonly<Record<string, unknown>>;

function elementChanges(
  path: string,
  previous: readonly unknown[],
  next: readonly unknown[],
): Step[] {
  const steps: Step[] = [];
  for (let index = previous.length - 1; index >= 0; index--) {
    if (index >= next.length) steps.push({ op: 'remove', path: `${path}/${index}` });
    else if (previous[index] !== next[index]) {
      steps.push(...change(`${path}/${index}`, previous[index], next[index]));
    }
  }
  for (let index = previous.length; index < next.length; index++) {
    steps.push({ op: 'add', path: `${path}/${index}`, value: next[index] });
  }
  return steps;
}

function memberChanges(path: string, previous: JsonObject, next: JsonObject): Step[] {
  const steps: Step[] = [];
  for (const key of Object.keys(previous).reverse()) {
    if (!Object.hasOwn(next, key)) steps.push({ op: 'remove', path: pointer(path, key) });
    else if (previous[key] !== next[key]) {
      steps.push(...change(pointer(path, key), previous[key], next[key]));
    }
  }
  for (const key of Object.keys(next)) {
    if (!Object.hasOwn(previous, key)) {
      steps.push({ op: 'add', path: pointer(path, key), value: next[key] });
    }
  }
  return steps;
}

function change(path: string, previous: unknown, next: unknown): Step[] {
  if (previous === next) return [];
  const comparable =
    isContainer(previous) && isContainer(next) && Array.isArray(previous) === Array.isArray(next);
  return comparable
    ? [{ op: 'compare', path, previous, next }]
    : [{ op: 'replace', path, value: next }];
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function pointer(path: string, key: string): string {
  return `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
