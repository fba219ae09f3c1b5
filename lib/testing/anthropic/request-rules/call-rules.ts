import type { Block, Request, Turn } from './request.js';
import { first } from './shape.js';

/**
 * Each call has an id of its own and its result at the beginning of the next turn, each result its call in the turn before,
 * and nothing stands behind the calls of a turn.
 *
 * anthropics/claude-code#1776, #20901; veryfront/veryfront-code#2082; earendil-works/pi#4071.
 */
export function wrongCall({ turns, messages }: Request): string | undefined {
  return (
    first(messages, misplaced) ??
    repeatedId(turns.flatMap(({ blocks }) => blocks)) ??
    first(
      turns,
      (turn, index) =>
        wrongCallsOf(turn, turns[index + 1]) ?? wrongResultsOf(turn, turns[index - 1]),
    )
  );
}

const OF_ASSISTANT = new Set([
  'tool_use',
  'server_tool_use',
  'mcp_tool_use',
  'thinking',
  'redacted_thinking',
]);

const OF_USER = new Set(['tool_result', 'image', 'document', 'search_result', 'container_upload']);

function misplaced({ role, blocks, path }: Turn): string | undefined {
  return first(blocks, ({ type }) => {
    const owner = OF_ASSISTANT.has(type) ? 'assistant' : OF_USER.has(type) ? 'user' : role;
    return owner === role
      ? undefined
      : `${path}: \`${type}\` blocks can only be in \`${owner}\` messages`;
  });
}

function repeatedId(blocks: readonly Block[]): string | undefined {
  const seen = new Set<string>();
  return first(blocks, ({ type, json, path }) => {
    if (type !== 'tool_use' && type !== 'server_tool_use' && type !== 'mcp_tool_use')
      return undefined;
    const id = String(json['id']);
    if (seen.has(id)) return `${path}: \`${type}\` ids must be unique`;
    seen.add(id);
    return undefined;
  });
}

const called = (turn: Turn | undefined): string[] =>
  (turn?.blocks ?? [])
    .filter(({ type }) => type === 'tool_use')
    .map(({ json }) => String(json['id']));

function wrongCallsOf(turn: Turn, next: Turn | undefined): string | undefined {
  const calls = called(turn);
  if (calls.length === 0) return undefined;
  // Results behind something else are not seen as results.
  const end = next?.blocks.findIndex(({ type }) => type !== 'tool_result') ?? 0;
  const results = (end === -1 ? next?.blocks : next?.blocks.slice(0, end)) ?? [];
  const answered = new Set(results.map(({ json }) => json['tool_use_id']));
  const open = calls.filter((id) => !answered.has(id));
  if (open.length > 0) return unanswered(turn, open);
  const from = turn.blocks.findIndex(({ type }) => type === 'tool_use');
  const behind = turn.blocks.slice(from).some(({ type }) => type !== 'tool_use');
  return behind ? unanswered(turn, calls) : undefined;
}

const unanswered = ({ path }: Turn, ids: readonly string[]): string =>
  `${path}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${ids.join(', ')}. ` +
  'Each `tool_use` block must have a corresponding `tool_result` block in the next message.';

function wrongResultsOf(turn: Turn, before: Turn | undefined): string | undefined {
  const open = new Set(before?.role === 'assistant' ? called(before) : []);
  const seen = new Set<string>();
  return first(turn.blocks, ({ type, json, path }) => {
    if (type !== 'tool_result') return undefined;
    const id = String(json['tool_use_id']);
    if (seen.has(id)) {
      return `${path}: each tool_use must have a single result. Found multiple \`tool_result\` blocks with id: ${id}`;
    }
    seen.add(id);
    return open.has(id)
      ? undefined
      : `${path}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. ` +
          'Each `tool_result` block must have a corresponding `tool_use` block in the previous message.';
  });
}
