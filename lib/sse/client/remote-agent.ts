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
 * An agent at a server: messages in, the chunks of its turns and the results of its tools out, and `invoke` gives an
 * `AgentResult` of what came: messages, usage, pending calls, and with a `responseFormat` the answer in `structured`. As
 * {@link remoteRunnable}. The contents of results come where the server sends them
 * (`runOf(agent, body, { toolResults: true })`). The limits are the server's: an agent that they ended has `stop_when` for `finish`.
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
