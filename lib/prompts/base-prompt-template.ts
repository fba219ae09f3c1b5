import { from, map, type Observable, of } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import type { RunConfig } from '../core/run-config.js';
import type { RunInput } from '../core/run-input.js';
import { Runnable } from '../core/runnable.js';
import { runWhole$ } from '../core/run/run-lifecycle.js';
import { isNoName, type Template } from './internal/template.js';

/** Variables that are given beforehand: values or promises of them, or functions that make either for each run. */
export type PartialVariables<I> = {
  readonly [K in keyof I]?: I[K] | PromiseLike<I[K]> | (() => I[K] | PromiseLike<I[K]>);
};

/** @internal A template as a prompt holds it. */
export interface PromptParts<O> extends Template<O> {
  /** Those of its variables that have no default. */
  readonly required: readonly string[];
}

/** @internal How a prompt in a prompt is recognized, also one of another copy of the package. */
export const PROMPT: unique symbol = Symbol.for('rxlm.prompt');

/**
 * A template as a runnable: takes an object with its variables and gives once what the template becomes with them.
 *
 * A variable that is missing is a `TypeError` that names it: at the call if the prompt itself is called, else the
 * error of its run. The object may hold more than the variables.
 */
export abstract class BasePromptTemplate<I extends object, O> extends Runnable<I, O> {
  override readonly runType = 'prompt';
  /** The variables that are still to be given, optional ones too. */
  readonly inputVariables: readonly string[];
  /** @internal */
  readonly [PROMPT] = true;
  /** @internal */
  readonly parts: PromptParts<O>;
  /** @internal Partial variables: its own by name, those of prompts inside it by symbol. */
  readonly given: object;

  protected constructor(parts: PromptParts<O>, given: object) {
    super();
    const variables = [...new Set(parts.variables)];
    const stranger = Object.keys(given).find((name) => !variables.includes(name));
    if (stranger !== undefined) {
      throw new TypeError(
        `${this.name} has no variable "${stranger}" to be given, only ${quoted(variables)}${braceRule(variables)}`,
      );
    }
    this.inputVariables = variables.filter((name) => valueAt(given, name) === undefined);
    this.parts = parts;
    this.given = given;
  }

  override run$(input: RunInput<I>, config: RunConfig): Observable<O> {
    return runWhole$(this, input, config, (values) => {
      this.checkInput(values);
      const format = (given: Given) =>
        this.parts.format((name) => {
          const value = valueAt(values, name);
          return value === undefined ? given.get(name) : value;
        });
      const given = evaluate(this.given);
      return [...given.values()].some(isPromise)
        ? from(settled(given)).pipe(map(format))
        : of(format(given));
    });
  }

  override checkInput(values: I): void {
    if (typeof (values as unknown) !== 'object' || (values as unknown) === null) {
      throw new TypeError(
        `${this.name} takes an object with its variables, got ${describeValue(values)}`,
      );
    }
    const missing = this.parts.required.filter(
      (name) => valueAt(values, name) === undefined && valueAt(this.given, name) === undefined,
    );
    if (missing.length > 0) {
      throw new TypeError(
        `${this.name}: no value for ${quoted(missing)}. Give one with the call, or beforehand with partial()${braceRule(missing)}`,
      );
    }
  }
}

/** Inherited properties of `Object.prototype` are no values. */
function valueAt(values: object, name: PropertyKey): unknown {
  const isThere = Object.hasOwn(values, name) || !(name in Object.prototype);
  return isThere ? (values as Record<PropertyKey, unknown>)[name] : undefined;
}

type Given = ReadonlyMap<PropertyKey, unknown>;

function evaluate(given: object): Given {
  return new Map(
    Reflect.ownKeys(given).map((name) => {
      const value = valueAt(given, name);
      return [name, typeof value === 'function' ? (value as () => unknown)() : value];
    }),
  );
}

function isPromise(value: unknown): boolean {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

async function settled(given: Given): Promise<Given> {
  return new Map(
    await Promise.all([...given].map(async ([name, value]) => [name, await value] as const)),
  );
}

function braceRule(names: readonly string[]): string {
  return names.some(isNoName) ? '. If the braces are text, as in JSON, write {{ and }}' : '';
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
