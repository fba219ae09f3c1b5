import {
  badName,
  firstOf,
  isJson,
  type Json,
  listOf,
  notOneOf,
  notText,
  type Refusal,
  refusal,
  shown,
  tooLong,
} from './refusal.js';
import { refusalOfStrict } from './schema-rules.js';

const ITEMS = [
  'message',
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'custom_tool_call_output',
  'reasoning',
  'item_reference',
  'compaction',
  'web_search_call',
  'file_search_call',
  'code_interpreter_call',
  'image_generation_call',
  'mcp_list_tools',
  'mcp_call',
  'shell_call',
  'shell_call_output',
  'apply_patch_call',
];
const ASKED = ['input_text', 'input_image', 'input_file'];
const ANSWERED = ['output_text', 'refusal'];
const ROLES = ['assistant', 'system', 'developer', 'user'];
/** Parameters of Chat Completions that this API has under another name, or not at all. */
const ABSENT = ['messages', 'max_tokens', 'max_completion_tokens', 'stop', 'seed', 'n', 'logprobs'];
const LONGEST_ID = 64;

/** What the service refuses of a request for a response; undefined where it would answer. */
export function refusalOfResponse(body: Json): Refusal | undefined {
  const unknown = ABSENT.find((name) => body[name] !== undefined);
  if (unknown !== undefined)
    return refusal(`Unknown parameter: '${unknown}'.`, unknown, 'unknown_parameter');
  const { model, input, previous_response_id: previous } = body;
  if (typeof model !== 'string' || model === '')
    return refusal("Missing required parameter: 'model'.", 'model', 'missing_required_parameter');
  if (typeof input === 'string') return undefined;
  if (!Array.isArray(input))
    return refusal("Missing required parameter: 'input'.", 'input', 'missing_required_parameter');
  const items = listOf(input);
  return (
    firstOf(items, (item, index) => refusalOfItem(item, `input[${index}]`)) ??
    (previous === undefined ? refusalOfPairs(items) : undefined) ??
    refusalOfReasoning(items) ??
    refusalOfTools(body) ??
    refusalOfFormat(body['text'])
  );
}

function refusalOfItem(item: Json, at: string): Refusal | undefined {
  const { type = 'message', role, content, call_id: id } = item;
  const wrong = notOneOf(type, ITEMS, `${at}.type`);
  if (wrong !== undefined) return wrong;
  switch (type) {
    case 'message':
      return (
        notOneOf(role, ROLES, `${at}.role`) ??
        (typeof content === 'string'
          ? undefined
          : firstOf(listOf(content), (part, index) =>
              notOneOf(
                part['type'],
                role === 'assistant' ? ANSWERED : ASKED,
                `${at}.content[${index}].type`,
              ),
            ))
      );
    case 'function_call':
      return (
        notText(id, `${at}.call_id`) ??
        tooLong(id as string, LONGEST_ID, `${at}.call_id`) ??
        badName(item['name'], `${at}.name`) ??
        notText(item['arguments'], `${at}.arguments`)
      );
    case 'function_call_output':
      return (
        notText(id, `${at}.call_id`) ??
        (Array.isArray(item['output']) ? undefined : notText(item['output'], `${at}.output`))
      );
    case 'reasoning':
      return Array.isArray(item['summary'])
        ? undefined
        : refusal(
            `Missing required parameter: '${at}.summary'.`,
            `${at}.summary`,
            'missing_required_parameter',
          );
    default:
      return undefined;
  }
}

/** Each output has its call before it, and each call an output somewhere behind it. */
function refusalOfPairs(items: readonly Json[]): Refusal | undefined {
  const open = new Set<unknown>();
  const isCall = (type: unknown) => type === 'function_call' || type === 'custom_tool_call';
  for (const { type, call_id: id } of items) {
    if (isCall(type)) open.add(id);
    if (type !== 'function_call_output' && type !== 'custom_tool_call_output') continue;
    if (!open.delete(id))
      return refusal(
        `No tool call found for function call output with call_id ${String(id)}.`,
        'input',
      );
  }
  const [left] = open;
  return left === undefined
    ? undefined
    : refusal(`No tool output found for function call ${shown(left)}.`, 'input');
}

/** Reasoning stands directly before what it led to. */
function refusalOfReasoning(items: readonly Json[]): Refusal | undefined {
  return firstOf(items, ({ type, id }, index) => {
    if (type !== 'reasoning') return undefined;
    const next = items[index + 1];
    const isLedTo =
      next !== undefined &&
      !String(next['type']).endsWith('_output') &&
      ((next['type'] ?? 'message') !== 'message' || next['role'] === 'assistant');
    return isLedTo
      ? undefined
      : refusal(
          `Item '${String(id)}' of type 'reasoning' was provided without its required following item.`,
          'input',
        );
  });
}

function refusalOfTools({ tools, tool_choice: choice }: Json): Refusal | undefined {
  if (tools === undefined && choice !== undefined && choice !== 'auto' && choice !== 'none')
    return refusal(
      "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
      'tool_choice',
    );
  const names = new Set<unknown>();
  return firstOf(listOf(tools), (tool, index) => {
    if (tool['type'] !== 'function') return notText(tool['type'], `tools[${index}].type`);
    const { name, parameters, strict = true } = tool;
    const wrong = badName(name, `tools[${index}].name`);
    if (wrong !== undefined) return wrong;
    if (names.has(name)) return refusal('Tool names must be unique.', `tools[${index}].name`);
    names.add(name);
    return strict === true
      ? refusalOfStrict(parameters, `function '${String(name)}'`, `tools[${index}].parameters`)
      : undefined;
  });
}

function refusalOfFormat(text: unknown): Refusal | undefined {
  const format = isJson(text) ? text['format'] : undefined;
  if (!isJson(format) || format['type'] !== 'json_schema') return undefined;
  const { name, schema, strict } = format;
  const wrong = badName(name, 'text.format.name');
  if (wrong !== undefined || strict !== true) return wrong;
  return refusalOfStrict(schema, `response_format '${String(name)}'`, 'text.format.schema');
}
