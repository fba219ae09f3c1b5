import { BasePromptTemplate, type PartialVariables } from './base-prompt-template.js';
import { StringPromptValue } from './string-prompt-value.js';
import { compileTemplate } from './internal/template.js';
import type { Flat, TemplateValue, TemplateVariables } from './template-variables.js';

/**
 * A text with variables as a runnable, which gives the text with their values in it.
 *
 * `{name}` is a variable, `{{` and `}}` are braces. A string is inserted as it is, anything else as JSON. The types know
 * the variables of a template that is written in the code.
 *
 * @example
 * const prompt = PromptTemplate.fromTemplate('A song about {topic}, in {{curly}} braces');
 * (await prompt.invoke({ topic: 'goldfish' })).value // => 'A song about goldfish, in {curly} braces'
 */
export class PromptTemplate<I extends object> extends BasePromptTemplate<I, StringPromptValue> {
  static override readonly lcName = 'PromptTemplate';

  /** Throws a `TypeError` for a brace that belongs to no variable. */
  static fromTemplate<const T extends string>(
    template: T,
  ): PromptTemplate<Flat<Record<TemplateVariables<T>, TemplateValue>>> {
    const { variables, format } = compileTemplate(template);
    return new PromptTemplate(
      {
        variables,
        required: variables,
        format: (values) => new StringPromptValue(format(values)),
      },
      {},
    );
  }

  /**
   * The same prompt with some of its variables given beforehand: values, promises, or functions of either, which are called
   * once for each run. A promise is awaited; one that rejects is the error of the run.
   * Throws a `TypeError` for a variable that the prompt does not have.
   */
  partial<const K extends keyof I>(
    values: Pick<PartialVariables<I>, K>,
  ): PromptTemplate<Flat<Omit<I, K>>> {
    return new PromptTemplate(this.parts, { ...this.given, ...values });
  }
}
