import type { JsonSchema, StandardSchema } from '../tools/standard-schema.js';

/** The form that an answer must have. */
export type ResponseFormat =
  | { readonly type: 'text' | 'json_object' }
  | {
      readonly type: 'json_schema';
      readonly schema: StandardSchema | JsonSchema;
      /** The name of the format, for providers that require one. @defaultValue 'answer' */
      readonly name?: string | undefined;
      /** Whether the server enforces the schema exactly. @defaultValue true if server and schema allow it */
      readonly strict?: boolean | undefined;
    };
