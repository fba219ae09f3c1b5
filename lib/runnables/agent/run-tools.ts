import type { ChatModel } from '../../models/chat-model.js';
import type { StandardSchema } from '../../tools/standard-schema.js';
import { ToolAgent } from './tool-agent.js';
import type { RunToolsOptions } from './run-tools-options.js';
import type { AgentTool } from './toolbox.js';

/**
 * Makes an agent: a turn of the model, then the tool calls of that turn, then the next turn with their results, until the
 * model makes no further call. Emits the chunks of every turn as they arrive, and the results in the order of the calls.
 * The output is an {@link AgentResult} with the messages, the last message, the number of turns and why it ended.
 *
 *     model    -a-b(stop for x, y)         -c-|
 *     x                           ----X|
 *     y                           --Y|
 *     result   -a-b---------------(XY)-----c-|
 *
 * Only complete and valid calls are run, and none of a message that was cut off or refused. A call that is invalid,
 * denied, of an unknown tool, or that fails, is answered with an error result for the model. A turn that the provider has
 * paused is continued. A limit (`maxSteps`, `maxCalls`, `stopWhen`) ends the run with the messages so far.
 *
 * However the run ends, its messages have an answer to each call, so they can be sent again with a further message. The
 * exception are `pending` calls: those that `approve` postponed, and those of tools without a function here.
 *
 * An error of the model ends the run with that error. Unsubscribing cancels the model and all running tools.
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
 * // An object as the answer. With a Standard Schema (zod) it is validated and typed.
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
