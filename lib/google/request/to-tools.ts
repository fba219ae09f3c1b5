import { describeValue } from '../../core/internal/describe-value.js';
import { isRecord } from '../../core/internal/is-record.js';
import { withoutUndefined } from '../../core/internal/without-undefined.js';
import { readTools } from '../../http/decoder/function-tools.js';
import { arrayOf, type Json } from '../../http/decoder/json.js';
import type { GoogleCallOptions } from '../google-options.js';

/** @internal The `tools` and `toolConfig` of a request. */
export function toTools({
  tools = [],
  toolChoice,
  streamFunctionCallArguments,
}: GoogleCallOptions): { readonly tools: readonly Json[] | undefined; readonly config: Json } {
  const own = tools.filter(isOwnTool);
  const functions = toFunctions(tools.filter((tool) => !isOwnTool(tool)));
  const groups = functions.length === 0 ? own : [{ functionDeclarations: functions }, ...own];
  if (groups.length === 0) return { tools: undefined, config: {} };
  const declared = own.flatMap((tool) => arrayOf(tool['functionDeclarations']));
  const names = [...functions, ...declared].map((each) => (each as Json)['name']);
  const calling = withoutUndefined({
    ...toCallingConfig(toolChoice, names),
    streamFunctionCallArguments:
      names.length > 0 && streamFunctionCallArguments === true ? true : undefined,
  });
  return {
    tools: groups,
    config: Object.keys(calling).length === 0 ? {} : { functionCallingConfig: calling },
  };
}

function toFunctions(tools: readonly unknown[]): readonly Json[] {
  return (readTools(tools) ?? []).map((tool) => {
    if ('own' in tool)
      throw new TypeError(
        `Gemini has no tool of type ${describeValue(tool.own['type'])}: its own tools are given as { googleSearch: {} }`,
      );
    const { name, description, parameters } = tool;
    const { $schema: _schema, ...parametersJsonSchema } = parameters;
    return withoutUndefined({ name, description, parametersJsonSchema });
  });
}

/** Google's own form is one of its names and what there is to say of it: `{ googleSearch: {} }`. */
function isOwnTool(tool: unknown): tool is Json {
  if (!isRecord(tool)) return false;
  const keys = Object.keys(tool);
  return (
    keys.length > 0 &&
    !['name', 'type', 'function'].some((key) => Object.hasOwn(tool, key)) &&
    keys.every((key) => typeof tool[key] === 'object')
  );
}

function toCallingConfig(choice: unknown, names: readonly unknown[]): Json {
  if (choice === undefined) return {};
  if (isRecord(choice)) {
    const { functionCallingConfig: inner } = choice;
    return isRecord(inner) ? inner : choice;
  }
  if (choice === 'auto') return { mode: 'AUTO' };
  if (choice === 'none') return { mode: 'NONE' };
  if (choice === 'any' || choice === 'required') return { mode: 'ANY' };
  if (!names.includes(choice))
    throw new TypeError(
      `toolChoice must be 'auto', 'any', 'none' or a tool's name, got ${describeValue(choice)}: no tool has that name`,
    );
  return { mode: 'ANY', allowedFunctionNames: [choice] };
}
