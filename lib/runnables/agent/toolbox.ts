import { describeValue } from '../../core/internal/describe-value.js';
import { isRunnable } from '../../core/runnable.js';
import { StructuredTool } from '../../tools/structured-tool.js';
import type { AnyToolOptions } from '../../tools/tool-options.js';

/**
 * A tool of the application, or one in the provider's own form. A tool in the provider's form runs here if it has a
 * `func`, otherwise at the provider or by the caller of the agent.
 */
export type AgentTool<Ctx = never> =
  StructuredTool<never, unknown, Ctx> | Readonly<Record<string, unknown>>;

/** @internal The tools that the model is offered, and those that run here, by name. */
export interface Toolbox {
  readonly offered: readonly AgentTool[];
  readonly run: ReadonlyMap<string, StructuredTool<never, unknown>>;
  /** The names of tools that are offered but do not run here. */
  readonly elsewhere: ReadonlySet<unknown>;
}

/** @internal Throws a `TypeError` for a value that is not a tool, and for two tools with one name. */
export function toolbox(tools: readonly AgentTool[]): Toolbox {
  if (!Array.isArray(tools))
    throw new TypeError(`tools must be an array, got ${describeValue(tools)}`);
  const run = new Map<string, StructuredTool<never, unknown>>();
  const elsewhere = new Set<unknown>();
  const offered = (tools as readonly unknown[]).map((given, index) => {
    const tool = isProviderTool(given) ? new StructuredTool<never, unknown>(given) : given;
    if (typeof tool !== 'object' || tool === null || (!isTool(tool) && !isData(tool))) {
      throw new TypeError(
        `tools[${index}] must be made by tool(), or be a tool in the provider's form, got ${describeValue(tool)}`,
      );
    }
    if (!isTool(tool)) {
      elsewhere.add((tool as { readonly name?: unknown }).name);
      return tool as AgentTool;
    }
    if (run.has(tool.name))
      throw new TypeError(`tools[${index}]: there are two tools named ${describeValue(tool.name)}`);
    run.set(tool.name, tool);
    return tool;
  });
  return { offered, run, elsewhere };
}

function isTool(value: object): value is StructuredTool<never, unknown> {
  return isRunnable(value) && value.runType === 'tool';
}

/** A tool in the provider's form with a function of the application. */
function isProviderTool(value: unknown): value is AnyToolOptions {
  if (typeof value !== 'object' || value === null || isRunnable(value)) return false;
  const { type, func, invoke } = value as Partial<AnyToolOptions> & { invoke?: unknown };
  return typeof type === 'string' && typeof func === 'function' && invoke === undefined;
}

/** A runnable or function must not be offered as data, because it would never run. */
function isData(value: object): boolean {
  return !('invoke' in value) && Object.values(value).every((field) => typeof field !== 'function');
}
