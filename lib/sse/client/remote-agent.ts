import { accumulate } from '../../core/fold-chunks.js';
import type { Runnable } from '../../core/runnable.js';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import type { MessagesInput } from '../../messages/coerce-messages.js';
import type { ToolMessage } from '../../messages/tool-message.js';
import { AgentAccumulator, type AgentResult } from '../../runnables/agent/agent-result.js';
import type { RemoteOptions } from './remote-options.js';
import { remoteRunnable } from './remote-runnable.js';

/**
 * An agent at a server: messages in, the chunks of its turns and the results of its tools out, and `invoke` gives an
 * `AgentResult` of what came. As {@link remoteRunnable}; the server must send the results of tools
 * (`runOf(agent, body, { toolResults: true })`). Limits are the server's: an agent that they ended has `stop_when` for `finish`.
 *
 * @example
 * const agent = remoteAgent('/api/agent');
 * agent.name // => 'RemoteRunnable'
 */
export function remoteAgent(
  url: string | URL,
  options: RemoteOptions = {},
): Runnable<MessagesInput, AgentResult, AIMessageChunk | ToolMessage> {
  const fold = accumulate<AIMessageChunk | ToolMessage, AgentResult>(() => new AgentAccumulator());
  return remoteRunnable<MessagesInput, AgentResult, AIMessageChunk | ToolMessage>(url, {
    ...options,
    fold,
  });
}
