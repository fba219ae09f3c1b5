import { accumulate, type Accumulator } from '../../core/fold-chunks.js';
import type { Runnable } from '../../core/runnable.js';
import { isMessage } from '../../messages/any-message.js';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import type { MessagesInput } from '../../messages/coerce-messages.js';
import type { ToolMessage } from '../../messages/tool-message.js';
import { AgentAccumulator, type AgentResult } from '../../runnables/agent/agent-result.js';
import type { RemoteOptions } from './remote-options.js';
import { remoteRunnable } from './remote-runnable.js';

/**
 * Makes a runnable of an agent on a server: messages in, the chunks of its turns and the results of its tools out. `invoke`
 * returns an `AgentResult` with messages, usage, pending calls, and for a `responseFormat` the answer in `structured`.
 *
 * It works as {@link remoteRunnable} does. The contents of results arrive if the server sends them
 * (`runOf(agent, body, { toolResults: true })`). The limits are those of the server: an agent that one of them ended has
 * `stop_when` as its `finish`.
 *
 * @example
 * const agent = remoteAgent('/api/agent');
 * agent.name // => 'RemoteRunnable'
 */
export function remoteAgent<T = unknown>(
  url: string | URL,
  options: RemoteOptions = {},
): Runnable<MessagesInput, AgentResult<T>, AIMessageChunk | ToolMessage> {
  const fold = accumulate(() => new AgentAccumulator() as Accumulator<Chunk, AgentResult<T>>);
  const remote = remoteRunnable<MessagesInput, AgentResult<T>, Chunk>(url, { ...options, fold });
  return Object.assign(remote, { isChunk: isMessage });
}

type Chunk = AIMessageChunk | ToolMessage;
