import { ToolMessage } from '../tool-message.js';

/** The tool by which a model gives its structured answer. */
export const ANSWER_TOOL = 'give_answer';

/** @internal The result of the call by which a model has given its answer; its artifact is that. */
export function answerMessage(answer: unknown): ToolMessage {
  return new ToolMessage({
    content: 'The answer was taken.',
    tool_call_id: '',
    name: ANSWER_TOOL,
    artifact: answer,
    additional_kwargs: { answer: true },
  });
}

/**
 * @internal Whether the artifact of a result is the agent's answer. The result itself says so: a client does not know with which
 * tools an agent was made.
 */
export function isAnswer({ name, status, additional_kwargs }: ToolMessage): boolean {
  return name === ANSWER_TOOL && status === 'success' && additional_kwargs['answer'] === true;
}
