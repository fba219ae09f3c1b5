import type { JsonSchema, StandardSchema } from '../../tools/standard-schema.js';
import { StructuredTool } from '../../tools/structured-tool.js';

/** The tool by which a model gives its structured answer. */
export const ANSWER_TOOL = 'give_answer';

/** @internal The tool by which a model gives its answer as an object; the artifact of its result is that. */
export function answerTool(schema: StandardSchema | JsonSchema): StructuredTool<never, unknown> {
  return new StructuredTool<never, unknown>({
    name: ANSWER_TOOL,
    description: 'Gives the final answer. Call it once, alone, when everything else is done.',
    schema,
    responseFormat: 'content_and_artifact',
    func: (answer: unknown) => ['The answer was taken.', answer],
  });
}
