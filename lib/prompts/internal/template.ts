import { describeValue } from '../../core/internal/describe-value.js';

/** @internal What a part of a prompt needs, and what it becomes with it. */
export interface Template<R> {
  readonly variables: readonly string[];
  readonly format: (values: Values) => R;
}

/**
 * @internal The value of a variable by its name; undefined where there is none. Partial variables of a prompt inside
 * another one have symbols as names.
 */
export type Values = (name: string | symbol) => unknown;

/**
 * @internal Text with `{name}` in it, read once; `{{` and `}}` stand for braces. Values are inserted as text, whatever
 * is in them: a string as it is, anything else as JSON.
 *
 * Throws a `TypeError` with the position of a brace that is neither.
 *
 * @example
 * compileTemplate('{{{a}}}').format(() => 'x{b}') // => '{x{b}}'
 */
export function compileTemplate(template: string, where = 'template'): Template<string> {
  if (typeof (template as unknown) !== 'string')
    throw new TypeError(`a template must be a string, got ${describeValue(template)}`);
  const parts = [...partsOf(template, where)];
  return {
    variables: parts.flatMap((part) => (typeof part === 'string' ? [] : [part.name])),
    format: (values) =>
      parts
        .map((part) => (typeof part === 'string' ? part : toText(part.name, values(part.name))))
        .join(''),
  };
}

interface Variable {
  readonly name: string;
}

function* partsOf(template: string, where: string): Generator<string | Variable> {
  for (const { 0: part, index, groups } of template.matchAll(PART)) {
    const name = groups?.['name'];
    if (name !== undefined) yield { name };
    else if (part === '{' || part === '}') throw loneBrace(part, index, where);
    else yield part === '{{' || part === '}}' ? part.charAt(0) : part;
  }
}

/** An escape, a variable, text, or else a brace that is none of these. */
const PART = /\{\{|\}\}|\{(?<name>[^{}]+)\}|[^{}]+|[{}]/g;

/** @internal Whether what stands in braces looks like JSON or code rather than a name. */
export function isNoName(name: string): boolean {
  return /["'`:;,\n]|^\s*$/.test(name);
}

function loneBrace(brace: '{' | '}', position: number, where: string): TypeError {
  return new TypeError(
    `${where}: ${brace} at position ${String(position)} belongs to no variable. ` +
      `A variable is a name in braces, a brace as text is written ${brace}${brace}`,
  );
}

function toText(name: string, value: unknown): string {
  const text = typeof value === 'string' ? value : toJson(value);
  if (text === undefined)
    throw new TypeError(`the value of "${name}" cannot be text, it is ${describeValue(value)}`);
  return text;
}

function toJson(value: unknown): string | undefined {
  if (typeof value === 'bigint') return String(value);
  // It would be `{}`.
  if (typeof (value as { then?: unknown } | null | undefined)?.then === 'function')
    return undefined;
  return JSON.stringify(value);
}
