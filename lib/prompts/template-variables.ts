/** What may stand for a variable in a template: text, or what is inserted as JSON. */
export type TemplateValue = string | number | bigint | boolean | object | null;

/**
 * The names of the variables of a template, `string` where TypeScript does not know its text.
 *
 * @example
 * type Names = TemplateVariables<'{greeting}, {name}! {{text}}'>; // 'greeting' | 'name'
 */
export type TemplateVariables<T extends string> = string extends T ? string : Scan<T>;

/** Tail-recursive: TypeScript follows it through hundreds of braces. */
type Scan<T extends string, Found extends string = never> = T extends `${string}{${infer Rest}`
  ? Rest extends `{${infer Behind}`
    ? Scan<Behind, Found>
    : Rest extends `${infer Name}}${infer Behind}`
      ? Scan<Behind, Found | Name>
      : Found
  : Found;

/** The names of the variables of every text in some content: a template itself, or blocks with templates in them. */
export type VariablesIn<C> = unknown extends C
  ? string
  : C extends string
    ? TemplateVariables<C>
    : C extends readonly (infer Element)[]
      ? VariablesIn<Element>
      : C extends object
        ? VariablesIn<C[keyof C]>
        : never;

/** A type as its members, for readable messages. */
export type Flat<T> = T extends infer U extends object ? { [K in keyof U]: U[K] } : never;
