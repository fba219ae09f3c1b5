import { renameServerCalls } from '../../../lib/anthropic/request/server-call-ids';
import { coerceMessages } from '../../../lib/messages/coerce-messages';
import { readTurns } from '../../../lib/messages/history/read-turns';

const use = (id: string, type = 'server_tool_use') => ({ type, id, name: 'web_search', input: {} });
const result = (tool_use_id: string, type = 'web_search_tool_result') => ({
  type,
  tool_use_id,
  content: [],
});
const call = (tool_id: string) => ({
  type: 'tool_use',
  id: 'toolu_1',
  name: 'f',
  input: {},
  caller: { type: 'code_execution_20250825', tool_id },
});
const ids = (...answers: object[][]) =>
  renameServerCalls(
    readTurns(
      coerceMessages(answers.map((content) => ({ role: 'ai', content })) as never),
      'anthropic',
    ),
  ).flatMap(({ parts }) =>
    parts.map(
      ({ own }) =>
        (own['caller'] as { tool_id?: string } | undefined)?.tool_id ??
        own['tool_use_id'] ??
        own['id'],
    ),
  );

describe('renameServerCalls', () => {
  it('leaves ids of the form of the API as they are', () => {
    expect(ids([use('srvtoolu_1'), result('srvtoolu_1')])).toEqual(['srvtoolu_1', 'srvtoolu_1']);
  });

  it('gives a foreign id that form, in the use, its result and the calls of its code', () => {
    expect(ids([use('ws-1'), call('ws-1'), result('ws-1')])).toEqual([
      'srvtoolu_ws_1',
      'srvtoolu_ws_1',
      'srvtoolu_ws_1',
    ]);
  });

  it('gives each of two uses of one id its own, with the result that follows', () => {
    const twice = [use('srvtoolu_1'), result('srvtoolu_1')];
    expect(ids(twice, twice)).toEqual(['srvtoolu_1', 'srvtoolu_1', 'srvtoolu_1_2', 'srvtoolu_1_2']);
  });

  it('reads the caller of the AI SDK, and drops one that is none', () => {
    const by = (caller: unknown) => ({
      type: 'tool_use',
      id: 'toolu_1',
      name: 'f',
      input: {},
      caller,
    });
    const callers = (...blocks: object[]) =>
      renameServerCalls(
        readTurns(coerceMessages([{ role: 'ai', content: blocks }] as never), 'anthropic'),
      ).flatMap(({ parts }) => parts.map(({ own }) => own['caller']));
    const type = 'code_execution_20260120';
    expect(
      callers(use('ws_1'), by({ type, toolId: 'ws_1' }), by({ type }), by({ type: 'direct' })),
    ).toEqual([undefined, { type, tool_id: 'srvtoolu_ws_1' }, undefined, { type: 'direct' }]);
  });

  it('keeps the form of MCP, and names a use without an id', () => {
    expect(ids([use('a b', 'mcp_tool_use'), result('a b', 'mcp_tool_result'), use('')])).toEqual([
      'a_b',
      'a_b',
      'srvtoolu_call',
    ]);
  });
});
