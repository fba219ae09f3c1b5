import type { JsonSchema, StandardSchema } from '../tools/standard-schema.js';

/** The form that an answer is held to. */
export type ResponseFormat =
  | { readonly type: 'text' | 'json_object' }
  | {
      readonly type: 'json_schema';
      readonly schema: StandardSchema | JsonSchema;
      /** Where the provider wants a name. @defaultValue 'answer' */
      readonly name?: string | undefined;
      /** Whether the server holds the answer to the schema exactly. @defaultValue true where server and schema can */
      readonly strict?: boolean | undefined;
    };
