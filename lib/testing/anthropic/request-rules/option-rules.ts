import type { Request } from './request.js';
import { first, isJson, type Json } from './shape.js';

/** Options that the service does not take together. */
export function wrongOption({ body }: Request): string | undefined {
  return wrongThinking(body) ?? wrongTools(body) ?? tooManyBreakpoints(body);
}

function wrongThinking(body: Json): string | undefined {
  const { thinking, tool_choice, temperature, max_tokens } = body;
  if (!isJson(thinking)) return undefined;
  const { type, budget_tokens } = thinking;
  if (type !== 'enabled' && type !== 'adaptive') return undefined;
  // dxos/dxos#11022, anomalyco/opencode#2055.
  if (typeof budget_tokens === 'number' && Number(max_tokens) <= budget_tokens) {
    return '`max_tokens` must be greater than `thinking.budget_tokens`.';
  }
  // mastra-ai/mastra#7507.
  if (isJson(tool_choice) && (tool_choice['type'] === 'any' || tool_choice['type'] === 'tool')) {
    return 'Thinking may not be enabled when tool_choice forces tool use.';
  }
  // Not sourced from a report: the documentation of the service says so.
  return typeof temperature === 'number' && temperature !== 1
    ? '`temperature` may only be set to 1 when thinking is enabled.'
    : undefined;
}

/** "A maximum of 4 blocks with cache_control may be provided": the documentation of prompt caching. */
function tooManyBreakpoints({ cache_control, tools, system, messages }: Json): string | undefined {
  const count = breakpointsIn([tools, system, messages]) + (isJson(cache_control) ? 1 : 0);
  return count > 4
    ? `A maximum of 4 blocks with cache_control may be provided. Found ${String(count)}.`
    : undefined;
}

function breakpointsIn(value: unknown): number {
  if (Array.isArray(value))
    return value.reduce<number>((sum, each) => sum + breakpointsIn(each), 0);
  if (!isJson(value)) return 0;
  return (isJson(value['cache_control']) ? 1 : 0) + breakpointsIn(value['content']);
}

function wrongTools({ tools, tool_choice }: Json): string | undefined {
  const names = ((tools ?? []) as readonly Json[]).flatMap(({ name }) =>
    typeof name === 'string' ? [name] : [],
  );
  // anthropics/claude-code#10687.
  const twice = first(names, (name, index) =>
    names.indexOf(name) < index ? 'tools: Tool names must be unique.' : undefined,
  );
  if (twice !== undefined || !isJson(tool_choice)) return twice;
  if (tools === undefined && tool_choice['type'] !== 'none') {
    return 'tool_choice: tool_choice may only be specified while providing tools';
  }
  const { type, name } = tool_choice;
  return type === 'tool' && !names.includes(String(name))
    ? `tool_choice.name: Tool '${String(name)}' not found in provided tools`
    : undefined;
}
