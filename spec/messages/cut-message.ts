import fc from 'fast-check';
import { AIMessage } from '../../lib/messages/ai-message.js';
import { AIMessageChunk, type AIMessageChunkFields } from '../../lib/messages/ai-message-chunk.js';
import type { ContentBlock } from '../../lib/messages/content.js';
import type { FinishReason } from '../../lib/messages/finish-reason.js';
import type { InvalidToolCall, ToolCall } from '../../lib/messages/tool-call.js';

type Part =
  | { readonly kind: 'text'; readonly text: string; readonly citations: readonly object[] }
  | { readonly kind: 'thinking'; readonly thinking: string; readonly signature: string }
  | { readonly kind: 'call'; readonly input: Record<string, unknown>; readonly finished: boolean }
  | { readonly kind: 'other'; readonly block: ContentBlock };

const anyJson = fc
  .oneof(fc.json({ maxDepth: 3 }), fc.constant('{"__proto__":{"polluted":[true]}}'))
  .map((text) => JSON.parse(text) as unknown);
const record = fc
  .dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), anyJson, { noNullPrototype: true })
  .map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>);
const someText = fc.string({ minLength: 1, maxLength: 12 });
const special = new Set(['type', 'index', 'citations', 'non_standard']);
const fields = record.map((all) =>
  Object.fromEntries(Object.entries(all).filter(([key]) => !special.has(key))),
);

const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    text: someText,
    citations: fc.array(record, { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('thinking' as const), thinking: someText, signature: someText }),
  fc.record({ kind: fc.constant('call' as const), input: record, finished: fc.boolean() }),
  fc.record({
    kind: fc.constant('other' as const),
    block: fields.map((rest) => ({ ...rest, type: 'brand_new' })),
  }),
);

/** A message and chunks that it has been cut into, one of the many ways there are. */
export const cutMessage: fc.Arbitrary<{ message: AIMessage; chunks: AIMessageChunk[] }> = fc
  .record({
    parts: fc.array(part, { maxLength: 4 }),
    kwargs: record,
    metadata: record,
    finish: fc.constantFrom<FinishReason | undefined>('stop', 'length', undefined),
    id: fc.uuid(),
    random: fc.infiniteStream(fc.nat({ max: 5 })),
  })
  .map(({ parts, kwargs, metadata, finish, id, random }) => {
    const draw = () => random.next().value as number;
    const usage = { input_tokens: 3, output_tokens: draw(), total_tokens: 3 };
    const pieces = parts.flatMap((each, index) => piecesOf(each, index, draw));
    const chunks: AIMessageChunkFields[] = [
      { content: '', additional_kwargs: kwargs, usage_metadata: { ...usage, output_tokens: 0 } },
      ...join(asStrings(pieces), draw),
      {
        content: draw() > 2 ? '' : [],
        response_metadata: metadata,
        usage_metadata: usage,
        finish_reason: finish,
      },
    ];
    const { calls, unfinished } = callsOf(parts);
    return {
      message: new AIMessage({
        content: contentOf(parts),
        id,
        additional_kwargs: kwargs,
        response_metadata: metadata,
        tool_calls: calls,
        invalid_tool_calls: unfinished,
        usage_metadata: usage,
        finish_reason: finish,
      }),
      chunks: chunks.map((chunk) => deepFreeze(new AIMessageChunk({ ...chunk, id }))),
    };
  });

type Piece = Omit<AIMessageChunkFields, 'content'> & { readonly content: readonly ContentBlock[] };

function piecesOf(part: Part, index: number, draw: () => number): Piece[] {
  switch (part.kind) {
    case 'text':
      return [
        ...cut(part.text, draw).map((text) => ({ content: [{ index, type: 'text', text }] })),
        ...part.citations.map((citation) => ({
          content: [{ index, type: 'text', citations: [citation] }],
        })),
      ];
    case 'thinking':
      return [
        ...cut(part.thinking, draw).map((thinking) => ({ thinking })),
        ...cut(part.signature, draw).map((signature) => ({ signature })),
      ].map((piece) => ({ content: [{ index, type: 'thinking', ...piece }] }));
    case 'call':
      return callPieces(part, index, draw);
    case 'other':
      return [{ content: [{ index, ...part.block }] }];
  }
}

function callPieces(part: Part & { kind: 'call' }, index: number, draw: () => number): Piece[] {
  const { id, name } = nameOf(index);
  const growing = cut(JSON.stringify(part.input), draw).map((args) => ({
    content: [{ index, type: 'input_json_delta', input: args }],
    tool_call_chunks: [{ index, args }],
  }));
  return [
    {
      content: [{ index, type: 'tool_use', id, name, input: '' }],
      tool_call_chunks: [{ id, name, index, args: '' }],
    },
    ...growing,
    ...(part.finished
      ? [
          {
            content: [{ index, type: 'tool_use', input: part.input }],
            tool_calls: [{ type: 'tool_call' as const, id, name, args: part.input }],
          },
        ]
      : []),
  ];
}

const nameOf = (index: number) => ({ id: `call_${String(index)}`, name: `tool_${String(index)}` });

/** Cut wherever it may be, also into nothing. */
function cut(text: string, draw: () => number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const length = draw();
    pieces.push(text.slice(at, at + length));
    at += length;
    if (length === 0) pieces.push(text.slice(at, ++at));
  }
  return pieces;
}

/** A message that is one uncited text so far is reported in strings. */
function asStrings(pieces: readonly Piece[]): AIMessageChunkFields[] {
  let plain = true;
  return pieces.map((piece) => {
    const { index, text } = piece.content[0]!;
    plain &&= index === 0 && typeof text === 'string';
    return plain ? { content: text as string } : piece;
  });
}

/** Neighbours at random in one chunk. */
function join(pieces: readonly AIMessageChunkFields[], draw: () => number): AIMessageChunkFields[] {
  const joined: AIMessageChunkFields[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    const { content } = piece;
    if (before !== undefined && draw() < 2) {
      if (typeof before.content === 'string' && typeof content === 'string') {
        joined[joined.length - 1] = { content: before.content + content };
        continue;
      }
      if (typeof before.content !== 'string' && typeof content !== 'string') {
        joined[joined.length - 1] = {
          content: [...before.content, ...content],
          tool_calls: [...(before.tool_calls ?? []), ...(piece.tool_calls ?? [])],
          tool_call_chunks: [...(before.tool_call_chunks ?? []), ...(piece.tool_call_chunks ?? [])],
        };
        continue;
      }
    }
    joined.push(piece);
  }
  return joined;
}

function contentOf(parts: readonly Part[]): string | ContentBlock[] {
  const [first, second] = parts;
  if (first === undefined) return '';
  if (first.kind === 'text' && first.citations.length === 0 && second === undefined)
    return first.text;
  return parts.map((part, index) => {
    switch (part.kind) {
      case 'text':
        return {
          type: 'text',
          text: part.text,
          ...(part.citations.length > 0 ? { citations: part.citations } : {}),
        };
      case 'thinking':
        return { type: 'thinking', thinking: part.thinking, signature: part.signature };
      case 'call': {
        const input = part.finished ? part.input : JSON.stringify(part.input);
        return { type: 'tool_use', ...nameOf(index), input };
      }
      case 'other':
        return part.block;
    }
  });
}

function callsOf(parts: readonly Part[]): { calls: ToolCall[]; unfinished: InvalidToolCall[] } {
  const calls: ToolCall[] = [];
  const unfinished: InvalidToolCall[] = [];
  for (const [index, part] of parts.entries()) {
    if (part.kind !== 'call') continue;
    const call = nameOf(index);
    if (part.finished) calls.push({ type: 'tool_call', ...call, args: part.input });
    else {
      unfinished.push({
        type: 'invalid_tool_call',
        ...call,
        args: JSON.stringify(part.input),
        error: 'The call was not finished.',
      });
    }
  }
  return { calls, unfinished };
}

/** Frozen, so that changing a chunk throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
