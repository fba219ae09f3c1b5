import { asFields, firstString } from './fields.js';
import type { Fields } from './part.js';
import { readToolOutput } from './read-tool-output.js';
import { approvalFields } from '../internal/approval-of.js';

/** @internal A message as data, with the role that it says in whatever way. */
export interface Envelope {
  readonly role: unknown;
  readonly data: Fields;
}

/**
 * @internal The messages that one object stands for: LangChain's serialised (`lc`) and stored (`{ type, data }`) forms, its
 * older classes, OpenAI's `function` role, and the AI SDK's message of several tool results. Nearly always it is one.
 */
export function readEnvelopes(input: Fields): readonly Envelope[] {
  const { lc, kwargs, id, data } = input;
  const fields = asFields(kwargs);
  if (lc !== undefined && fields !== undefined && Array.isArray(id)) {
    const type = String(id.at(-1)).replace(/Message(Chunk)?$/, '');
    return expand({ role: fields['role'] ?? type, data: fields });
  }
  const stored = asFields(data);
  if (stored !== undefined && input['content'] === undefined && typeof input['type'] === 'string') {
    const role =
      input['type'] === 'generic' || input['type'] === 'chat' ? stored['role'] : input['type'];
    return expand({ role, data: stored });
  }
  return expand({ role: input['role'] ?? input['type'] ?? legacyType(input), data: input });
}

function expand({ role, data }: Envelope): readonly Envelope[] {
  const name = String(role).toLowerCase();
  if (name === 'function') {
    // Calls had no ids then; a name was enough.
    const called = String(data['name']);
    return [{ role: 'tool', data: { ...data, tool_call_id: functionId(called) } }];
  }
  if (name === 'tool' && Array.isArray(data['content'])) {
    const parts = (data['content'] as unknown[]).map(asFields);
    if (parts.length > 0 && parts.every((part) => TOOL_PARTS.has(part?.['type'])))
      return parts.flatMap((part) => (part === undefined ? [] : toResult(part)));
  }
  if (name === 'ai' || name === 'assistant')
    return [{ role, data: withCalls(withAnswerText(data)) }];
  return [{ role, data }];
}

const TOOL_PARTS: ReadonlySet<unknown> = new Set(['tool-result', 'tool-approval-response']);

/** An approval is for the loop that waits for it, and no result; a denial is read with its request (`read-denials.ts`). */
function toResult(part: Readonly<Record<string, unknown>>): readonly Envelope[] {
  if (part['type'] !== 'tool-result') return [];
  const output = part['output'] ?? part['result'];
  const { content, isError } = readToolOutput(output);
  const isDenied = asFields(output)?.['type'] === 'execution-denied';
  return [
    {
      role: 'tool',
      data: {
        content,
        tool_call_id: part['toolCallId'],
        name: part['toolName'],
        status: isError || part['isError'] === true ? 'error' : 'success',
        ...(isDenied ? approvalFields('denied') : {}),
      },
    },
  ];
}

/** OpenAI has a refusal, and the text of a spoken answer, beside a content that is null. */
function withAnswerText(data: Fields): Fields {
  const text = firstString(data['refusal'], asFields(data['audio'])?.['transcript']);
  const isEmpty = data['content'] == null || data['content'] === '';
  return isEmpty && text !== undefined ? { ...data, content: text } : data;
}

/** Calls that stand in the content or in the field of one call, as `tool_calls`, where a message has none. */
function withCalls(data: Fields): Fields {
  const { content, tool_calls, additional_kwargs } = data;
  if (Array.isArray(tool_calls)) return data;
  const given = data['function_call'] ?? asFields(additional_kwargs)?.['function_call'];
  const called = asFields(given);
  if (called !== undefined) {
    const id = functionId(String(called['name']));
    return { ...data, tool_calls: [{ id, function: called }] };
  }
  const blocks = Array.isArray(content) ? (content as unknown[]).map(asFields) : [];
  const calls = blocks.filter((block) => CALL_BLOCKS.has(block?.['type']));
  if (calls.length === 0) return data;
  return {
    ...data,
    tool_calls: calls.map((block = {}) => ({
      id: firstString(block['id'], block['toolCallId']),
      name: firstString(block['name'], block['toolName']),
      args: block['input'] ?? block['args'],
    })),
  };
}

const CALL_BLOCKS: ReadonlySet<unknown> = new Set(['tool-call', 'tool_call', 'tool_use']);

function functionId(name: string): string {
  return `call_${name}`;
}

/** LangChain's messages of older versions say their type by a method only. */
function legacyType(input: object): unknown {
  const { _getType } = input as { _getType?: () => unknown };
  return typeof _getType === 'function' ? _getType.call(input) : undefined;
}
