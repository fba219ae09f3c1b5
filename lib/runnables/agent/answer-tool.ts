import { ANSWER_TOOL, answerMessage } from '../../messages/internal/answer-message.js';
import type { JsonSchema, StandardSchema } from '../../tools/standard-schema.js';
import { StructuredTool } from '../../tools/structured-tool.js';

/** @internal The tool by which a model gives its answer as an object, see {@link answerMessage}. */
export function answerTool(schema: StandardSchema | JsonSchema): StructuredTool<never, unknown> {
  return new StructuredTool<never, unknown>({
    name: ANSWER_TOOL,
    description: 'Gives the final answer. Call it once, alone, when everything else is done.',
    schema,
    func: answerMessage,
  });
}
