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
  tooLong,
} from './refusal.js';
import { refusalOfStrict } from './schema-rules.js';

const ROLES = ['system', 'assistant', 'user', 'function', 'tool', 'developer'];
const PARTS: Readonly<Record<string, readonly string[]>> = {
  user: ['text', 'image_url', 'input_audio', 'file'],
  assistant: ['text', 'refusal'],
  tool: ['text'],
  system: ['text'],
  developer: ['text'],
};
const MOST_STOPS = 4;
const LONGEST_ID = 40;

/** What the service refuses of a request to Chat Completions; undefined where it would answer. */
export function refusalOfChat(body: Json): Refusal | undefined {
  const { model, messages } = body;
  if (typeof model !== 'string' || model === '')
    return refusal('you must provide a model parameter');
  if (!Array.isArray(messages))
    return refusal(
      "Missing required parameter: 'messages'.",
      'messages',
      'missing_required_parameter',
    );
  if (messages.length === 0)
    return refusal(
      "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
      'messages',
      'empty_array',
    );
  return (
    firstOf(listOf(messages), (message, index) =>
      refusalOfMessage(message, `messages[${index}]`),
    ) ??
    refusalOfOrder(listOf(messages)) ??
    refusalOfTools(body) ??
    refusalOfFormat(body['response_format']) ??
    refusalOfOptions(body)
  );
}

function refusalOfMessage(message: Json, at: string): Refusal | undefined {
  const { role, content, tool_calls: calls } = message;
  const wrong = notOneOf(role, ROLES, `${at}.role`);
  if (wrong !== undefined) return wrong;
  const isAnswer = role === 'assistant';
  const isSilent = content === undefined || content === null;
  if (isSilent && !(isAnswer && (Array.isArray(calls) || message['refusal'] !== undefined)))
    return refusal(
      "Invalid value for 'content': expected a string, got null.",
      `${at}.content`,
      null,
    );
  if (Array.isArray(content)) {
    const part = firstOf(listOf(content), (each, index) =>
      refusalOfPart(each, PARTS[role as string] ?? [], `${at}.content[${index}]`),
    );
    if (part !== undefined) return part;
  } else if (!isSilent) {
    const text = notText(content, `${at}.content`);
    if (text !== undefined) return text;
  }
  if (role === 'tool') return notText(message['tool_call_id'], `${at}.tool_call_id`);
  if (calls === undefined) return undefined;
  if (!Array.isArray(calls) || calls.length === 0)
    return refusal(
      `Invalid '${at}.tool_calls': empty array. Expected an array with minimum length 1, but got an empty array instead.`,
      `${at}.tool_calls`,
      'empty_array',
    );
  return firstOf(listOf(calls), (call, index) => refusalOfCall(call, `${at}.tool_calls[${index}]`));
}

function refusalOfPart(part: Json, known: readonly string[], at: string): Refusal | undefined {
  const wrong = notOneOf(part['type'], known, `${at}.type`);
  if (wrong !== undefined) return wrong;
  if (part['type'] === 'text') return notText(part['text'], `${at}.text`);
  if (part['type'] === 'refusal') return notText(part['refusal'], `${at}.refusal`);
  if (part['type'] !== 'image_url') return undefined;
  const { image_url: image } = part;
  return notText(isJson(image) ? image['url'] : undefined, `${at}.image_url.url`);
}

function refusalOfCall(call: Json, at: string): Refusal | undefined {
  const { id, type, function: said } = call;
  const wrong =
    notText(id, `${at}.id`) ??
    tooLong(id as string, LONGEST_ID, `${at}.id`) ??
    notOneOf(type, ['function', 'custom'], `${at}.type`);
  if (wrong !== undefined || type === 'custom') return wrong;
  const named = isJson(said) ? said : {};
  return (
    badName(named['name'], `${at}.function.name`) ??
    notText(named['arguments'], `${at}.function.arguments`)
  );
}

/** Each call is answered directly behind its message, and nothing else is. */
function refusalOfOrder(messages: readonly Json[]): Refusal | undefined {
  let open: string[] = [];
  for (const [index, { role, tool_call_id: id, tool_calls: calls }] of messages.entries()) {
    if (role === 'tool') {
      if (!open.includes(id as string))
        return refusal(
          "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
          `messages.[${index}].role`,
        );
      open = open.filter((each) => each !== id);
      continue;
    }
    if (open.length > 0) return unanswered(open, index);
    open = listOf(calls).map((call) => call['id'] as string);
  }
  return open.length > 0 ? unanswered(open, messages.length) : undefined;
}

function unanswered(ids: readonly string[], index: number): Refusal {
  return refusal(
    `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${ids.join(', ')}`,
    `messages.[${index}].role`,
  );
}

function refusalOfTools(body: Json): Refusal | undefined {
  const { tools, tool_choice: choice, parallel_tool_calls: parallel } = body;
  if (tools === undefined) {
    const [name] = Object.entries({ tool_choice: choice, parallel_tool_calls: parallel })
      .filter(([, value]) => value !== undefined && value !== 'none')
      .map(([key]) => key);
    return name === undefined
      ? undefined
      : refusal(
          `Invalid value for '${name}': '${name}' is only allowed when 'tools' are specified.`,
          name,
        );
  }
  const names = new Set<unknown>();
  return firstOf(listOf(tools), (tool, index) => {
    const at = `tools[${index}]`;
    const wrong = notOneOf(tool['type'], ['function', 'custom'], `${at}.type`);
    if (wrong !== undefined || tool['type'] === 'custom') return wrong;
    const said = isJson(tool['function']) ? tool['function'] : {};
    const { name, parameters, strict } = said;
    const named = badName(name, `${at}.function.name`);
    if (named !== undefined) return named;
    if (names.has(name)) return refusal('Tool names must be unique.', `${at}.function.name`);
    names.add(name);
    return strict === true
      ? refusalOfStrict(parameters, `function '${String(name)}'`, `${at}.function.parameters`)
      : undefined;
  });
}

function refusalOfFormat(format: unknown): Refusal | undefined {
  if (!isJson(format) || format['type'] !== 'json_schema') return undefined;
  const said = isJson(format['json_schema']) ? format['json_schema'] : {};
  const at = 'response_format.json_schema';
  const wrong = badName(said['name'], `${at}.name`);
  if (wrong !== undefined || said['strict'] !== true) return wrong;
  return refusalOfStrict(said['schema'], `response_format '${String(said['name'])}'`, at);
}

function refusalOfOptions({ model, stop, ...body }: Json): Refusal | undefined {
  if (body['stream_options'] !== undefined && body['stream'] !== true)
    return refusal(
      "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
      'stream_options',
    );
  if (Array.isArray(stop) && stop.length > MOST_STOPS)
    return refusal(
      `Invalid 'stop': array too long. Expected an array with maximum length ${MOST_STOPS}, but got an array with length ${stop.length} instead.`,
      'stop',
      'array_above_max_length',
    );
  if (body['max_tokens'] !== undefined && /^(o\d|gpt-5)/.test(String(model)))
    return refusal(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      'max_tokens',
      'unsupported_parameter',
    );
  return undefined;
}
