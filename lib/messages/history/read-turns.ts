import type { AIMessage } from '../ai-message.js';
import type { AnyMessage } from '../any-message.js';
import type { MessageContent } from '../content.js';
import { asFields, firstString } from './fields.js';
import type { CallPart, Fields, Part, Turn } from './part.js';
import { readParts, type Reader } from './read-part.js';
import { readToolOutput } from './read-tool-output.js';
import { refusal } from './refusal.js';
import { wellFormedInput } from './well-formed.js';

/**
 * @internal The turns that messages stand for, with all content in the one form of parts: one for each message, and more
 * where an answer goes on behind the results of its calls.
 *
 * Throws a `TypeError` for blocks that only a model writes in a message of another role: their meaning there is undefined.
 */
export function readTurns(messages: readonly AnyMessage[], provider: string): Turn[] {
  return messages.flatMap((message, index) => {
    const at = `messages[${String(index)}]`;
    const plain = typeof message.content === 'string';
    const reader: Reader = { provider, inputOf: ownInput };
    switch (message.type) {
      case 'ai':
        return splitBehindResults(readAnswer(message, at, provider)).map((parts): Turn => ({
          role: 'assistant',
          parts,
          plain,
          at,
          message,
        }));
      case 'tool':
        return {
          role: 'user',
          parts: [readResult(message, at, reader)],
          plain: false,
          at,
          message,
        };
      case 'system':
      case 'human': {
        const parts = readParts(message.content, at, reader);
        for (const part of parts) checkPlace(part, message.type);
        const role = message.type === 'human' ? 'user' : 'system';
        return { role, parts, plain, at, message };
      }
    }
  });
}

function checkPlace({ type, at }: Part, place: 'human' | 'system'): void {
  if (type === 'call')
    throw refusal(at, `a ${place} message holds a tool call`, 'Put it in an ai message');
  if (type === 'reasoning')
    throw refusal(
      at,
      `a ${place} message holds thinking`,
      'Put it in an ai message, or leave it out',
    );
  if (type === 'result' && place === 'system')
    throw refusal(at, 'a system message holds the result of a tool', 'Put it in a tool message');
}

/** What a model says behind a result is a turn of its own: it has read the result before. */
function splitBehindResults(parts: readonly Part[]): Part[][] {
  const turns: Part[][] = [[]];
  for (const [index, part] of parts.entries()) {
    if (part.type !== 'result' && parts[index - 1]?.type === 'result') turns.push([]);
    turns.at(-1)?.push(part);
  }
  return turns;
}

function readResult(
  message: Extract<AnyMessage, { type: 'tool' }>,
  at: string,
  reader: Reader,
): Part {
  const { tool_call_id, status, additional_kwargs } = message;
  const { content, isError } = readToolOutput(message.content);
  return {
    type: 'result',
    callId: tool_call_id,
    content: readParts(content, at, reader),
    plain: typeof content === 'string',
    isError: isError || status === 'error',
    own: additional_kwargs,
    at,
  };
}

/** What a model said, and the calls that stand beside its content only: those of other providers do. */
function readAnswer(message: AIMessage, at: string, provider: string): Part[] {
  const { content, tool_calls, invalid_tool_calls } = message;
  const inputOf = (block: Fields): Fields => inputIn(message, block);
  const parts = readParts(content, at, { provider, inputOf });
  const present = new Set(parts.flatMap((part) => (part.type === 'call' ? [part.id] : [])));
  const calls = [
    ...tool_calls.map(({ id, name, args }) => ({ id, name, input: args })),
    ...invalid_tool_calls.map(({ id, name, args }) => ({ id, name, input: unreadable(args) })),
  ];
  const missing = calls.flatMap(({ id = '', name, input }): CallPart[] => {
    if (present.has(id) || name === undefined || name === '') return [];
    return [{ type: 'call', id, name, input: wellFormedInput(input, at), own: {}, at }];
  });
  return [...parts, ...missing];
}

/** Input that streamed is text in its block, or in blocks of its own; the message has it whole if it came whole. */
function inputIn({ content, tool_calls, invalid_tool_calls }: AIMessage, block: Fields): Fields {
  const id = block['id'] ?? block['toolCallId'];
  const own = block['input'] ?? block['args'];
  if (asFields(own) !== undefined && Object.keys(own as object).length > 0) return own as Fields;
  const call = tool_calls.find((each) => each.id === id && id !== undefined);
  if (call !== undefined) return call.args;
  const streamed = typeof own === 'string' && own !== '' ? own : deltasOf(content, block);
  const invalid = invalid_tool_calls.find((each) => each.id === id && id !== undefined);
  return ownInput({ input: streamed || firstString(invalid?.args) || own });
}

/** LangChain.js has the pieces of an input as blocks of the same index, or directly behind the call's. */
function deltasOf(content: MessageContent, block: Fields): string {
  if (typeof content === 'string') return '';
  const { index } = block;
  const start = content.findIndex(({ type, id }) => type === block['type'] && id === block['id']);
  const behind = content.slice(start + 1);
  const end = behind.findIndex(({ type }) => type !== 'input_json_delta');
  const deltas =
    index === undefined
      ? behind.slice(0, end === -1 ? undefined : end)
      : content.filter((each) => each['index'] === index);
  return deltas
    .filter(({ type }) => type === 'input_json_delta')
    .map((delta) => firstString(delta['input'], delta['partial_json']) ?? '')
    .join('');
}

/** An input as the object that every provider insists on. */
function ownInput(block: Fields): Fields {
  const input = block['input'] ?? block['args'] ?? {};
  if (typeof input !== 'string') return asFields(input) ?? { INVALID_JSON: JSON.stringify(input) };
  if (input.trim() === '') return {};
  try {
    return asFields(JSON.parse(input)) ?? unreadable(input);
  } catch {
    return unreadable(input);
  }
}

/**
 * The input of a call that was cut off or is no valid JSON.
 *
 * @see https://platform.claude.com/docs/en/agents-and-tools/tool-use/fine-grained-tool-streaming
 */
function unreadable(input: string): Fields {
  return input === '' ? {} : { INVALID_JSON: input };
}
