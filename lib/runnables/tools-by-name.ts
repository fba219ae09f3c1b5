import { describeValue } from '../core/describe-value.js';
import { isRunnable } from '../core/runnable.js';
import type { StructuredTool } from '../tools/structured-tool.js';

/** A tool of the application, or one in the provider's own form: that is offered to the model and run by the provider. */
export type AgentTool = StructuredTool<never, unknown> | Readonly<Record<string, unknown>>;

/**
 * @internal The tools of the application by their names; whatever the model calls one, nothing else is found.
 * Throws a `TypeError` for what is no tool, and for two of one name.
 */
export function toolsByName(
  tools: readonly AgentTool[],
): ReadonlyMap<string, StructuredTool<never, unknown>> {
  if (!Array.isArray(tools))
    throw new TypeError(`tools must be an array, got ${describeValue(tools)}`);
  const byName = new Map<string, StructuredTool<never, unknown>>();
  (tools as readonly unknown[]).forEach((tool, index) => {
    if (typeof tool !== 'object' || tool === null || (!isTool(tool) && !isData(tool))) {
      throw new TypeError(
        `tools[${index}] must be made by tool(), or be a tool in the provider's form, got ${describeValue(tool)}`,
      );
    }
    if (!isTool(tool)) return;
    if (byName.has(tool.name))
      throw new TypeError(`tools[${index}]: there are two tools named ${describeValue(tool.name)}`);
    byName.set(tool.name, tool);
  });
  return byName;
}

function isTool(value: object): value is StructuredTool<never, unknown> {
  return isRunnable(value) && value.runType === 'tool';
}

/** What can do something is not to be offered to the model and then not be run. */
function isData(value: object): boolean {
  return !('invoke' in value) && Object.values(value).every((field) => typeof field !== 'function');
}
