import type { ChatModel } from '../../models/chat-model.js';
import type { StandardSchema } from '../../tools/standard-schema.js';
import { ToolAgent } from './tool-agent.js';
import type { RunToolsOptions } from './run-tools-options.js';
import type { AgentTool } from './toolbox.js';

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
 * Only calls that are complete and valid are run, and none of a message that was cut off or refused. Those that are
 * invalid, denied, of no known tool, or that fail, are answered by an error result for the model to deal with. A turn that
 * the provider has paused is gone on with. A limit (`maxSteps`, `maxCalls`, `stopWhen`) ends it with what there is so far.
 * However it ends, also cancelled, its messages have an answer to each call and can be gone on from; only calls that are
 * `pending` are left open: those that `approve` leaves for later, and those of tools that have no function here.
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
 *
 * @example
 * // An object for an answer: with a Standard Schema (zod) it is validated and typed.
 * import { FakeChatModel } from 'rxlm/testing';
 * const weatherman = runTools(new FakeChatModel([[{ name: 'give_answer', args: { celsius: 21 } }]]), [], {
 *   responseFormat: { type: 'object', properties: { celsius: { type: 'number' } } },
 * });
 * const { structured } = await weatherman.invoke('How warm is it in Graz?');
 * structured // => { celsius: 21 }
 */
export function runTools<T = unknown, Ctx = unknown>(
  model: ChatModel,
  tools: readonly AgentTool<Ctx>[],
  options: RunToolsOptions<Ctx> & { readonly responseFormat: StandardSchema<unknown, T> },
): ToolAgent<T, Ctx>;
export function runTools<Ctx = unknown>(
  model: ChatModel,
  tools: readonly AgentTool<Ctx>[],
  options?: RunToolsOptions<Ctx>,
): ToolAgent<unknown, Ctx>;
export function runTools(
  model: ChatModel,
  tools: readonly AgentTool[],
  options: RunToolsOptions<never> = {},
): ToolAgent {
  return new ToolAgent(model, tools, options);
}
