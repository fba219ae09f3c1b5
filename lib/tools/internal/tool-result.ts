import { describeValue } from '../../core/internal/describe-value.js';
import type { AIMessage } from '../../messages/ai-message.js';
import { type MessageContent, textOf } from '../../messages/content.js';
import { ANSWER_TOOL, isAnswer } from '../../messages/internal/answer-message.js';
import { approvalIn, isPending } from '../../messages/internal/approval-of.js';
import { isResultBlock } from '../../messages/history/block-types.js';
import { isCallToolResult, readCallToolResult } from '../../messages/history/read-tool-output.js';
import type { InvalidToolCall, ToolCall } from '../../messages/tool-call.js';
import { ToolMessage, type ToolMessageFields } from '../../messages/tool-message.js';

/**
 * @internal The result of a call for the model: text and content blocks as they are, the text of a message or of an agent's
 * answer, the blocks of an MCP `CallToolResult` or of its `content`, anything else as JSON. A tool message keeps its
 * content, status and artifact.
 */
export function toolResult(call: ToolCall, result: unknown): ToolMessage {
  if (isToolMessage(result)) return passedOn(call, result);
  if (isAgentResult(result) && (result.pending?.length ?? 0) > 0) return unsettled(call);
  if (isCallToolResult(result)) {
    const { content, isError } = readCallToolResult(result);
    return answer(call, { content, status: isError ? 'error' : 'success' });
  }
  return answer(call, { content: contentOf(result), status: 'success' });
}

/** Drops the metadata of an inner agent about its own calls and answer. */
function passedOn(call: ToolCall, message: ToolMessage): ToolMessage {
  if (isPending(message)) return unsettled(call);
  if (isAnswer(message) && call.name !== ANSWER_TOOL)
    return answer(call, { content: contentOf(message.artifact), status: 'success' });
  if (approvalIn(message) === undefined) return answer(call, message);
  const { content, status, artifact } = message;
  return answer(call, { content, status, artifact });
}

/** An agent with pending calls cannot be continued inside a tool. */
function unsettled(call: ToolCall): ToolMessage {
  const reason = `${call.name} did not finish: a call inside it waits for an approval or for the page.`;
  return answer(call, { content: reason, status: 'error' });
}

/** @internal The same for a pair of the content for the model and the artifact for the application. */
export function toolResultWithArtifact(call: ToolCall, result: unknown): ToolMessage {
  if (!Array.isArray(result) || result.length !== 2)
    throw new TypeError(
      `tool ${call.name}: with responseFormat 'content_and_artifact', func must give [content, artifact], got ${describeValue(result)}`,
    );
  const [content, artifact] = result as [unknown, unknown];
  return answer(call, { content: contentOf(content), status: 'success', artifact });
}

/** @internal The error result of a call, for the model. */
export function toolFailure(
  call: ToolCall | InvalidToolCall,
  reason: string,
  more: Partial<ToolMessageFields> = {},
): ToolMessage {
  return answer(call, { ...more, content: reason, status: 'error' });
}

type Answer = Pick<ToolMessageFields, 'content' | 'status' | 'artifact' | 'additional_kwargs'>;

function answer(
  { id = '', name }: ToolCall | InvalidToolCall,
  { content, status, artifact, additional_kwargs }: Answer,
): ToolMessage {
  const fields = { content, tool_call_id: id, name, status, artifact };
  return new ToolMessage({ ...fields, additional_kwargs });
}

function contentOf(result: unknown): MessageContent {
  if (typeof result === 'string') return result;
  if (Array.isArray(result) && result.length > 0 && result.every(isResultBlock)) return result;
  if (isAIMessage(result)) return textOf(result.content);
  if (isAgentResult(result))
    return result.structured === undefined
      ? textOf(result.output.content)
      : contentOf(result.structured);
  return result === undefined ? '' : JSON.stringify(result);
}

function isToolMessage(value: unknown): value is ToolMessage {
  return isMessageOf('tool', value);
}

function isAIMessage(value: unknown): value is AIMessage {
  return isMessageOf('ai', value);
}

/** Works across copies of the package. */
function isMessageOf(type: string, value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'response_metadata' in value &&
    'content' in value &&
    'type' in value &&
    value.type === type
  );
}

/** The result of an agent, recognised by its shape because of the layers. */
function isAgentResult(
  value: unknown,
): value is { output: AIMessage; structured?: unknown; pending?: readonly unknown[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'messages' in value &&
    'steps' in value &&
    'output' in value &&
    isAIMessage(value.output)
  );
}
