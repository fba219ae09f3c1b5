import { from, map, type Observable, of } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import type { RunConfig } from '../core/run-config.js';
import type { RunInput } from '../core/run-input.js';
import { Runnable } from '../core/runnable.js';
import { runWhole$ } from '../core/run/run-lifecycle.js';
import type { Template } from './internal/template.js';

/** Variables that are given beforehand: values or promises of them, or functions that make either for each run. */
export type PartialVariables<I> = {
  readonly [K in keyof I]?: I[K] | PromiseLike<I[K]> | (() => I[K] | PromiseLike<I[K]>);
};

/** @internal A template as a prompt holds it. */
export interface PromptParts<O> extends Template<O> {
  /** Those of its variables that it cannot do without. */
  readonly required: readonly string[];
}

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
  protected readonly parts: PromptParts<O>;
  protected readonly given: object;

  protected constructor(parts: PromptParts<O>, given: object) {
    super();
    const variables = [...new Set(parts.variables)];
    const stranger = Object.keys(given).find((name) => !variables.includes(name));
    if (stranger !== undefined) {
      throw new TypeError(
        `${this.name} has no variable "${stranger}" to be given, only ${quoted(variables)}`,
      );
    }
    this.inputVariables = variables.filter((name) => valueAt(given, name) === undefined);
    this.parts = parts;
    this.given = given;
  }

  override run$(input: RunInput<I>, config: RunConfig): Observable<O> {
    return runWhole$(this, input, config, (values) => {
      this.checkInput(values);
      const format = (given: object) =>
        this.parts.format((name) => {
          const value = valueAt(values, name);
          return value === undefined ? valueAt(given, name) : value;
        });
      const given = evaluate(this.given);
      return Object.values(given).some(isPromise)
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
        `${this.name}: no value for ${quoted(missing)}. Give one with the call, or beforehand with partial()${missing.some(isNoName) ? '. If the braces are text, as in JSON, write {{ and }}' : ''}`,
      );
    }
  }
}

/** What every object inherits is no value of a variable. */
function valueAt(values: object, name: string): unknown {
  const isThere = Object.hasOwn(values, name) || !(name in Object.prototype);
  return isThere ? (values as Record<string, unknown>)[name] : undefined;
}

function evaluate(given: object): object {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === 'function' ? (value as () => unknown)() : (value as unknown),
    ]),
  );
}

function isPromise(value: unknown): boolean {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

async function settled(given: object): Promise<object> {
  const values = await Promise.all(
    Object.entries(given).map(async ([name, value]) => [name, await (value as unknown)] as const),
  );
  return Object.fromEntries(values);
}

/** Whether it looks like a piece of JSON or code that stands in braces rather than a name. */
function isNoName(name: string): boolean {
  return /["'`:;,\n]|^\s*$/.test(name);
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
