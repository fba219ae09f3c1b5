import type { ChatModel } from '../models/chat-model.js';
import { AgentExecutor } from './agent-executor.js';
import type { RunToolsOptions } from './run-tools-options.js';
import type { AgentTool } from './tools-by-name.js';

/**
 * The loop of an agent: a turn of the model, the calls that it stopped for, the next turn with their results, until the
 * model calls nothing more. Emits the chunks of every turn as they come and the results in the order of the calls, and
 * gives {@link AgentResult}: what was said, the last message, the turns and why it ended.
 *
 *     model    -a-b(stop for x, y)         -c-|
 *     x                           ----X|
 *     y                           --Y|
 *     result   -a-b---------------(XY)-----c-|
 *
 * Only calls that are complete and valid of a message that stopped for its calls are run. Those that are invalid, denied,
 * of no known tool, or that fail, are answered by an error result for the model to deal with. A turn that the provider
 * has paused is gone on with. A limit (`maxSteps`, `stopWhen`) ends it with what there is so far, all calls answered.
 * An error of the model ends it, after all that came before; unsubscribing cancels whatever is at work.
 *
 * @example
 * const add = tool({
 *   name: 'add',
 *   schema: z.object({ a: z.number(), b: z.number() }),
 *   func: ({ a, b }) => a + b,
 * });
 * const agent = runTools(model, [add], { approve: (call, config) => dialog.ask$(call, config) });
 * const { output, steps, finish } = await agent.invoke('What is 1 + 2?');
 */
export function runTools(
  model: ChatModel,
  tools: readonly AgentTool[],
  options: RunToolsOptions = {},
): AgentExecutor {
  return new AgentExecutor(model, tools, options);
}
