import { CallIds } from '../../messages/history/call-ids.js';
import { asFields } from '../../messages/history/fields.js';
import type { OtherPart, Part, Turn } from '../../messages/history/part.js';

const SERVER_PREFIX = 'srvtoolu_';

/**
 * @internal Turns in which each use of a provider's own tool has an id of the form that the API accepts, which no other use
 * has. Its result and the calls of its code get the same id. A history of another provider has ids of another form, and
 * one that was copied together may have an id twice.
 */
export function renameServerCalls(turns: readonly Turn[]): Turn[] {
  const serverIds = new CallIds(/[^a-zA-Z0-9_]/g);
  const mcpIds = new CallIds(/[^a-zA-Z0-9_-]/g);
  const latest = new Map<unknown, string>();
  const rename = (part: Part): Part => {
    if (part.type === 'call') return renameCaller(part);
    if (part.type !== 'other') return part;
    return renameIds(renameCaller(part));
  };
  const renameIds = (part: OtherPart): OtherPart => {
    const { blockType, own } = part;
    if (blockType === 'server_tool_use' || blockType === 'mcp_tool_use') {
      const id = newId(blockType, own['id']);
      latest.set(own['id'], id);
      return renamed(part, 'id', id);
    }
    const id = latest.get(own['tool_use_id']);
    return id === undefined ? part : renamed(part, 'tool_use_id', id);
  };
  const newId = (blockType: string, id: unknown): string => {
    const given = typeof id === 'string' ? id : '';
    if (blockType === 'mcp_tool_use') return mcpIds.next(given);
    const name = given.startsWith(SERVER_PREFIX) ? given.slice(SERVER_PREFIX.length) : given;
    return serverIds.next(SERVER_PREFIX + (name || 'call'));
  };
  const renameCaller = <P extends Part>(part: P): P => {
    const caller = asFields(part.own['caller']);
    if (caller === undefined) return part;
    // The AI SDK writes it in camel case.
    const given = caller['tool_id'] ?? caller['toolId'];
    const { type } = caller;
    if (type !== 'direct' && typeof given !== 'string')
      return { ...part, own: { ...part.own, caller: undefined } };
    const id = type === 'direct' ? {} : { tool_id: latest.get(given) ?? given };
    return { ...part, own: { ...part.own, caller: { type, ...id } } };
  };
  return turns.map((turn) => ({ ...turn, parts: turn.parts.map(rename) }));
}

function renamed(part: OtherPart, field: string, id: string): OtherPart {
  return part.own[field] === id ? part : { ...part, own: { ...part.own, [field]: id } };
}
