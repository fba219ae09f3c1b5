/**
 * Messages, runnables, prompts, parsers, tools, operators, adapters, conversations, durable runs in memory, and errors.
 *
 * @module rxlm
 */
// Messages
export { AIMessage } from './messages/ai-message.js';
export type { FinishReason } from './messages/finish-reason.js';
export { AIMessageChunk } from './messages/ai-message-chunk.js';
export { type AnyMessage, isMessage } from './messages/any-message.js';
export { type MessagesInput } from './messages/coerce-messages.js';
export { approvedCall } from './messages/approved-call.js';
export type { ContentBlock, MessageContent } from './messages/content.js';
export { foldMessages } from './messages/fold-messages.js';
export { HumanMessage } from './messages/human-message.js';
export { Message, type MessageWarning, type ResponseMetadata } from './messages/message.js';
export { SystemMessage } from './messages/system-message.js';
export type { InvalidToolCall, ToolCall, ToolCallChunk } from './messages/tool-call.js';
export { ToolMessage } from './messages/tool-message.js';
export type { UsageMetadata } from './messages/usage-metadata.js';

// Runnables
export type { BatchItem } from './core/batch.js';
export { foldChunks } from './core/fold-chunks.js';
export type { EventOptions } from './core/events/event-options.js';
export { type EventFilters, filterEvents } from './core/events/event-filters.js';
export type { ListenerErrorHandler } from './core/events/report-listener-error.js';
export type { RunConfig } from './core/run-config.js';
export type {
  RunEvent,
  RunEventData,
  RunEventName,
  RunEventOf,
  RunListener,
  RunType,
} from './core/events/run-event.js';
export { newRunId } from './core/run/run-id.js';
export { RunInput } from './core/run-input.js';
export { isRunnable, Runnable, RunnableSequence } from './core/runnable.js';

// Models
export { ChatModel, type ChatModelOptions } from './models/chat-model.js';
export type {} from './models/events.js';
export type { ModelCallOptions } from './models/model-call-options.js';
export type { Reasoning } from './models/reasoning.js';
export type { ResponseFormat } from './models/response-format.js';

// Operators
export { blocks } from './operators/blocks.js';
export { coalesce } from './operators/coalesce.js';
export { coalesceMap } from './operators/coalesce-map.js';
export type {
  ContentBlockStream,
  OtherBlockStream,
  ReasoningBlockStream,
  TextBlockStream,
  ToolCallBlockStream,
} from './operators/content-block-stream.js';
export { firstTokenTimeout } from './operators/first-token-timeout.js';
export type { GrowingToolCall } from './operators/growing-tool-call.js';
export { idleTimeout } from './operators/idle-timeout.js';
export { langchainCompatible } from './operators/langchain-compatible.js';
export { orderedMap } from './operators/ordered-map.js';
export { selectRuns, type RunSelector } from './operators/select-runs.js';
export { reasoningDeltas } from './operators/reasoning-deltas.js';
export { rootChunks } from './operators/root-chunks.js';
export { rootOutput } from './operators/root-output.js';
export type { RunNode } from './operators/run-node.js';
export { runTree } from './operators/run-tree.js';
export { smooth, type SmoothOptions } from './operators/smooth.js';
export { textDeltas } from './operators/text-deltas.js';
export { toolCalls, type ToolCallsOptions } from './operators/tool-calls.js';
export { usage } from './operators/usage.js';

// View state
export type { ChatPart, ChatSource } from './chat/chat-part.js';
export type { ChatToolCall } from './chat/chat-tool-call.js';
export { type ChatState, type ChatStatus, IDLE_CHAT_STATE } from './chat/chat-state.js';
export { type Conversation, conversation } from './chat/conversation.js';
export type {
  ConversationOptions,
  ConversationPolicy,
  ConversationSource,
  ConversationStore,
} from './chat/conversation-options.js';
export type {
  ConversationJson,
  ConversationState,
  ConversationStatus,
  ErrorJson,
  PendingCall,
  ReplacedAnswer,
} from './chat/conversation-state.js';
export { trimMessages, type TrimOptions } from './chat/trim-messages.js';
export { type ChatStateOptions, toChatState } from './chat/to-chat-state.js';

// Runs that outlive their viewers
export {
  type DurableRuns,
  durableRuns,
  type JoinRunOptions,
  type RunStatus,
  type RunValue,
  type StartRunOptions,
} from './runs/durable-runs.js';
export type { DurableRunsOptions } from './runs/durable-run-options.js';
export { memoryRunStore, type MemoryRunStoreOptions } from './runs/memory-run-store.js';
export type { RunEnding, RunState } from './runs/run-ending.js';
export type {
  AppendReply,
  ClaimReply,
  ListQuery,
  LossEvidence,
  ReadQuery,
  Reply,
  RunBatch,
  RunClaim,
  RunEntry,
  RunInfo,
  RunList,
  RunPage,
  RunSnapshot,
  RunStore,
} from './runs/run-store.js';

// JSON
export type { DeepPartial } from './json/deep-partial.js';
export { IncrementalJson } from './json/incremental-json.js';
export { diffJson, type JsonPatchOperation } from './json/json-patch.js';
export type { JsonProblem } from './json/json-problem.js';
export { parsePartialJson } from './json/parse-partial-json.js';
export { atPath, type PathMatch } from './operators/at-path.js';
export { completedElements } from './operators/completed-elements.js';

// Adapters
export { fromAsyncIterable } from './adapters/from-async-iterable.js';
export { fromNativeObservable } from './adapters/from-native-observable.js';
export { fromReadableStream } from './adapters/from-readable-stream.js';
export type { NativeObservable } from './adapters/native-observable.js';
export { toNativeObservable } from './adapters/to-native-observable.js';
export { toReadableStream } from './adapters/to-readable-stream.js';
export { toAsyncIterable } from './core/demand/to-async-iterable.js';

// Errors
export { ModelError, type ModelErrorCode } from './errors/model-error.js';
export { ParseError } from './errors/parse-error.js';
export { RxlmError, type TimeoutPhase } from './errors/rxlm-error.js';
export { ToolError } from './errors/tool-error.js';

// Composition
export { lambda, type LambdaOptions, RunnableLambda } from './runnables/lambda.js';
export type { Assigned, AssignedChunk } from './runnables/assign.js';
export { branch, RunnableBranch } from './runnables/branch.js';
export { dispatchCustomEvent } from './runnables/dispatch-custom-event.js';
export { RunnableEach } from './runnables/each.js';
export {
  parallel,
  type ParallelChunk,
  type ParallelOutput,
  RunnableParallel,
} from './runnables/parallel.js';
export { RunnablePassthrough } from './runnables/passthrough.js';
export { pick } from './runnables/pick.js';
export { type RetrievedDocument, Retriever } from './runnables/retriever.js';
export { withConfig } from './runnables/with-config.js';
export { type FallbackOptions, withFallbacks } from './runnables/with-fallbacks.js';
export { type RetryOptions, withRetry } from './runnables/with-retry.js';

export { type RunnableStep, step, type StepOptions } from './runnables/step.js';

// Prompts
export { ChatPromptTemplate } from './prompts/chat-prompt-template.js';
export { ChatPromptValue } from './prompts/chat-prompt-value.js';
export { MessagesPlaceholder } from './prompts/messages-placeholder.js';
export { PromptTemplate } from './prompts/prompt-template.js';
export { StringPromptValue } from './prompts/string-prompt-value.js';
export type { TemplateValue } from './prompts/template-variables.js';

// Parsers
export { CommaSeparatedListOutputParser } from './parsers/comma-separated-list-output-parser.js';
export { JsonOutputParser, type JsonOutputParserOptions } from './parsers/json-output-parser.js';
export { ListOutputParser } from './parsers/list-output-parser.js';
export { MarkdownListOutputParser } from './parsers/markdown-list-output-parser.js';
export { NumberedListOutputParser } from './parsers/numbered-list-output-parser.js';
export { StringOutputParser } from './parsers/string-output-parser.js';

// Tools
export { type AgentCallOptions, ToolAgent } from './runnables/agent/tool-agent.js';
export type { AgentResult } from './runnables/agent/agent-result.js';
export type { RawChunk, RawOutput } from './runnables/structured-output/raw-output.js';
export { runTools } from './runnables/agent/run-tools.js';
export type {
  AgentStep,
  Approval,
  CallRepair,
  PreparedStep,
  RunToolsOptions,
} from './runnables/agent/run-tools-options.js';
export {
  type StructuredOutputOptions,
  withStructuredOutput,
} from './runnables/structured-output/with-structured-output.js';
export type { JsonSchema } from './tools/standard-schema.js';
export { StructuredTool } from './tools/structured-tool.js';
export type { ToolConfig, ToolOptions } from './tools/tool-options.js';
export { toJsonSchema } from './tools/to-json-schema.js';
export { asTool, type AsToolOptions } from './tools/as-tool.js';
export { tool } from './tools/tool.js';
