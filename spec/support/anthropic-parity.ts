import { eventOf, type Recording } from '../../lib/testing/anthropic/recording';

type Piece = Record<string, unknown> & { type: string; index?: number };

interface Chunk {
  content: string | Piece[];
  additional_kwargs: object;
  tool_call_chunks?: { index: number }[];
  tool_calls?: unknown[];
  usage_metadata?: { output_tokens: number };
}

export interface LangChainEvent {
  event: string;
  name: string;
  tags: string[];
  metadata: Record<string, unknown>;
  data: Record<string, unknown>;
}

interface Wire {
  type: string;
  index: number;
  message: { id: string; content: Piece[] };
  content_block: Piece;
  delta: Piece & Record<string, string> & { citation: unknown };
}

const wireOf = (recording: Recording) =>
  recording.map((recorded) => eventOf(recorded) as unknown as Wire);

/** As JSON has it: no classes, no `undefined`; LangChain's own `toJSON` would wrap it. */
export function plain<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain) as T;
  const entries = Object.entries(value).filter(
    ([key, field]) => field !== undefined && !key.startsWith('lc_'),
  );
  return Object.fromEntries(entries.map(([key, field]) => [key, plain(field)])) as T;
}

export const messageOf = (recording: Recording) => {
  const start = wireOf(recording).find(({ type }) => type === 'message_start');
  return (start as Wire).message;
};

/** Blocks that LangChain drops without a word (their deltas it keeps): 3.1, unknown blocks kept. */
const DROPPED = /^(mcp_tool|advisor|code_execution|web_fetch|bash_|text_editor|container|fallback)/;

/** The chunks of either side, as far as the closed list lets them be compared. */
export function comparable(chunks: readonly unknown[], recording: Recording): object[] {
  const dropped = new Set(
    wireOf(recording).flatMap(({ type, index, content_block }) =>
      type === 'content_block_start' && DROPPED.test(content_block.type) ? [index] : [],
    ),
  );
  // Whole blocks in message_start it does not look at either.
  messageOf(recording).content.forEach((_, index) => dropped.add(index));
  return plain(chunks as Chunk[])
    .filter((chunk) => !isToolStop(chunk))
    .filter((chunk, index, all) => !repeatsStart(chunk, all[index - 1]))
    .map(({ content, additional_kwargs, tool_call_chunks = [], usage_metadata }, index) => {
      const pieces = (typeof content === 'string' ? textPieces(content) : content).filter(
        (piece) => !isTextStart(piece),
      );
      const server = new Set(serverIndexes(recording));
      return {
        pieces: pieces.filter((piece) => !dropped.has(piece.index ?? 0)),
        additional_kwargs,
        tool_call_chunks: tool_call_chunks.filter(
          ({ index }) => !server.has(index) && !dropped.has(index),
        ),
        // A snapshot on one side, a difference on the other: 3.1, usage replaced, not added.
        usage: usage_metadata && (index === 0 ? usage_metadata : usage_metadata.output_tokens),
      };
    })
    .filter(
      ({ pieces, additional_kwargs, usage }) =>
        pieces.length + Object.keys(additional_kwargs).length > 0 || usage !== undefined,
    );
}

/** The events of either side: their names, places and inputs, and the chunks among their data. */
export function comparableEvents(
  events: readonly {
    event: string;
    name: string;
    tags: readonly string[];
    metadata: object;
    data: unknown;
  }[],
  recording: Recording,
): object[] {
  const isRepeat = (index: number) => {
    const chunkAt = (at: number) =>
      (plain(events[at]?.data) as { chunk?: Chunk } | undefined)?.chunk;
    const chunk = chunkAt(index);
    return chunk !== undefined && repeatsStart(chunk, chunkAt(index - 1));
  };
  return events
    .filter((_, index) => !isRepeat(index))
    .flatMap<object>(({ event, name, tags, metadata, data }) => {
      const { chunk, output, input } = plain(
        data as { chunk?: unknown; output?: { content?: unknown }; input?: unknown },
      );
      const { ls_provider, ls_model_name, ls_model_type, ls_max_tokens } = metadata as Record<
        string,
        unknown
      >;
      const head = plain({
        event,
        name,
        tags: [...tags],
        ls_provider,
        ls_model_name,
        ls_model_type,
        ls_max_tokens,
      });
      if (event.endsWith('_stream'))
        return comparable([chunk], recording).map((compared) => ({
          ...head,
          chunk: withoutUsage(compared),
        }));
      return [
        { ...head, ...(input === undefined ? {} : { input }), hasOutput: output !== undefined },
      ];
    });
}

/** The content of the recording's message, block by block, as the API wants it back. */
export function wireBlocks(recording: Recording): object[] {
  const blocks: Record<string, unknown>[] = [...messageOf(recording).content];
  const json: string[] = [];
  for (const { type, index, content_block, delta } of wireOf(recording)) {
    if (type === 'content_block_start') blocks[index] = { ...content_block };
    if (type !== 'content_block_delta') continue;
    const block = blocks[index] as Record<string, unknown>;
    const append = (key: string, value: unknown) =>
      (block[key] = `${(block[key] as string | null) ?? ''}${String(value)}`);
    if (delta.type === 'text_delta') append('text', delta['text']);
    else if (delta.type === 'thinking_delta') append('thinking', delta['thinking']);
    else if (delta.type === 'signature_delta') append('signature', delta['signature']);
    else if (delta.type === 'compaction_delta') append('content', delta['content']);
    else if (delta.type === 'citations_delta')
      block['citations'] = [
        ...((block['citations'] as unknown[] | undefined) ?? []),
        delta.citation,
      ];
    else if (delta.type === 'input_json_delta')
      json[index] = (json[index] ?? '') + String(delta['partial_json']);
  }
  json.forEach(
    (text, index) =>
      text !== '' && (blocks[index] = { ...blocks[index], input: JSON.parse(text) as unknown }),
  );
  return blocks
    .map(withoutEmptyCitations)
    .filter((block) => block['type'] !== 'text' || block['text'] !== '');
}

function withoutEmptyCitations(block: Record<string, unknown>): Record<string, unknown> {
  const { citations, ...rest } = block;
  return Array.isArray(citations) && citations.length > 0 ? block : rest;
}

function withoutUsage(compared: object): object {
  const { usage, ...chunk } = compared as Record<string, unknown>;
  return chunk;
}

const textPieces = (text: string): Piece[] =>
  text === '' ? [] : [{ index: 0, type: 'text', text }];

/** 3.1: no chunk for an empty text block start. */
const isTextStart = ({ type, text, citations }: Piece) =>
  type === 'text' && text === '' && (!Array.isArray(citations) || citations.length === 0);

/** A repeated message_start of the same id is to be ignored; LangChain reports it again. */
const repeatsStart = ({ additional_kwargs }: Chunk, before: Chunk | undefined) =>
  'id' in additional_kwargs &&
  before !== undefined &&
  JSON.stringify(additional_kwargs) === JSON.stringify(before.additional_kwargs);

/** 3.1: a chunk at a tool block's stop. */
const isToolStop = ({ content, tool_calls = [], tool_call_chunks = [] }: Chunk) =>
  (typeof content !== 'string' &&
    content.some(
      ({ type, input }) =>
        type !== 'input_json_delta' && typeof input === 'object' && input !== null,
    )) ||
  (tool_calls.length > 0 && tool_call_chunks.length === 0);

/** LangChain takes the input of the provider's own tools for calls of the user's. */
const serverIndexes = (recording: Recording) =>
  wireOf(recording).flatMap(({ type, index, content_block }) =>
    type === 'content_block_start' && 'input' in content_block && content_block.type !== 'tool_use'
      ? [index]
      : [],
  );

/** What goes back of one message by itself: no work of a server tool that it does not have begin and end. */
export function withoutPendingCode(blocks: readonly object[]): object[] {
  const given = blocks as readonly Record<string, unknown>[];
  const begun = new Set(given.filter((b) => b['type'] !== 'tool_use').map(({ id }) => id));
  const done = new Set(given.map((block) => block['tool_use_id']));
  return given
    .filter(({ type, id }) => type !== 'server_tool_use' || done.has(id))
    .filter(({ tool_use_id }) => tool_use_id === undefined || begun.has(tool_use_id))
    .map(({ caller, ...block }) => {
      const { tool_id } = (caller ?? {}) as { tool_id?: unknown };
      return caller === undefined || (tool_id !== undefined && !done.has(tool_id))
        ? block
        : { ...block, caller };
    });
}
