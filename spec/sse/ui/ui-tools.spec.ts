import {
  AIMessageChunk,
  type AIMessageChunkFields,
} from '../../../lib/messages/ai-message-chunk.js';
import { ToolMessage } from '../../../lib/messages/tool-message.js';
import { UITools } from '../../../lib/sse/ui/ui-tools.js';

const showing = { toolOutput: ({ text }: ToolMessage) => text, errorText: () => 'failed' };
const chunk = (fields: Partial<AIMessageChunkFields>) =>
  new AIMessageChunk({ content: '', ...fields });
const pieces = (...all: { id?: string; name?: string; args?: string; index?: number }[]) =>
  chunk({ tool_call_chunks: all.map((piece) => ({ args: '', index: 1, ...piece })) });
const short = (chunks: Iterable<object>) =>
  [...chunks].map((each) =>
    Object.values(each)
      .map((value) => JSON.stringify(value))
      .join(' ')
      .replaceAll('"', ''),
  );

describe('UITools', () => {
  it('reports a call from its first piece to its result', () => {
    const tools = new UITools(showing);
    const call = { type: 'tool_call' as const, id: 'a', name: 'add', args: { n: 1 } };
    expect([
      ...short(tools.add(pieces({ id: 'a', name: 'add' }))),
      ...short(tools.add(pieces({ args: '{"n":' }, { args: '1}' }))),
      ...short(tools.add(chunk({ tool_calls: [call] }))),
      ...short(tools.answer(new ToolMessage({ content: '2', tool_call_id: 'a' }))),
      ...short(tools.answer(new ToolMessage({ content: '2', tool_call_id: 'a' }))),
      ...short(tools.endTurn()),
    ]).toEqual([
      'tool-input-start a add',
      'tool-input-delta a {\\n\\:',
      'tool-input-delta a 1}',
      'tool-input-available a add {n:1}',
      'tool-output-available a 2',
    ]);
  });

  it('waits for the name of a tool, and gives a call without an id one', () => {
    const tools = new UITools(showing);
    expect(short(tools.add(pieces({ args: '[' })))).toEqual([]);
    expect(short(tools.add(pieces({ name: 'add', args: '1' })))).toEqual([
      'tool-input-start call-0 add',
      'tool-input-delta call-0 [1',
    ]);
    const call = { type: 'tool_call' as const, name: 'add', args: {} };
    expect(short(tools.add(chunk({ tool_calls: [call] })))).toEqual([
      'tool-input-available call-0 add {}',
    ]);
  });

  it('reports what went wrong: input that is no JSON, a call that was not finished, a tool that failed', () => {
    const tools = new UITools(showing);
    const invalid = {
      type: 'invalid_tool_call' as const,
      id: 'a',
      name: 'add',
      args: '{',
      error: 'no JSON',
    };
    expect(short(tools.add(chunk({ invalid_tool_calls: [invalid] })))).toEqual([
      'tool-input-error a add { no JSON',
    ]);
    const answer = (tool_call_id: string) =>
      tools.answer(new ToolMessage({ content: 'secret', tool_call_id, status: 'error' }));
    expect(short(answer('a'))).toEqual([]);
    expect(short(answer('unknown'))).toEqual([]);
    const call = { type: 'tool_call' as const, id: 'b', name: 'add', args: {} };
    expect([...tools.add(chunk({ tool_calls: [call] }))]).toHaveLength(1);
    expect(short(answer('b'))).toEqual(['tool-output-error b failed']);
    expect(short(tools.add(pieces({ id: 'c', name: 'add' }, { index: 2 })))).toEqual([
      'tool-input-start c add',
    ]);
    expect(short(tools.endTurn())).toEqual(['tool-input-error c add  The call was not finished.']);
    expect(short(tools.endTurn())).toEqual([]);
  });

  it.each([
    ['by id', (n: number) => ({ id: `call-${n}` })],
    ['by name', () => ({})],
  ])('settles thousands of calls %s in steps that grow with their number only', (_, own) => {
    const iterators = [new Map().entries(), new Set().values()].map(
      (iterator) => Object.getPrototypeOf(iterator) as { next: () => unknown },
    );
    const stepsFor = (count: number) => {
      const spies = iterators.map((iterator) => jest.spyOn(iterator, 'next'));
      const tools = new UITools(showing);
      const all = Array.from({ length: count }, (_each, n) => ({ ...own(n), name: `tool-${n}` }));
      const recorded = [
        ...tools.add(pieces(...all.map((piece, index) => ({ ...piece, index })))),
        ...all
          .reverse()
          .flatMap((call) => [
            ...tools.add(chunk({ tool_calls: [{ type: 'tool_call', args: {}, ...call }] })),
          ]),
        ...tools.endTurn(),
      ];
      const steps = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
      jest.restoreAllMocks();
      expect(recorded).toHaveLength(2 * count);
      return steps;
    };
    expect(stepsFor(2000)).toBeLessThan(2.5 * stepsFor(1000));
  });

  it('asks for an approval, says of a denial that it is one, and leaves to the page what it runs', () => {
    const tools = new UITools({ ...showing, sign: (text) => `<${text}>` });
    const call = { type: 'tool_call' as const, id: 'a', name: 'add', args: { n: 1 } };
    const recorded = (approval: string) =>
      new ToolMessage({ content: '', tool_call_id: 'a', additional_kwargs: { approval } });
    expect(short(tools.add(chunk({ tool_calls: [call] })))).toHaveLength(1);
    expect([...tools.answer(recorded('elsewhere'))]).toEqual([]);
    expect([...tools.answer(recorded('requested'))]).toEqual([
      {
        type: 'tool-approval-request',
        approvalId: 'a',
        toolCallId: 'a',
        signature: '<rxlm.approval:["a","add",{"n":1}]>',
      },
    ]);
    expect([...tools.answer(recorded('denied'))]).toEqual([
      { type: 'tool-output-denied', toolCallId: 'a' },
    ]);
  });

  it('reports results of calls that another message made only where that is gone on with', () => {
    const tools = new UITools(showing);
    const result = new ToolMessage({ content: '2', tool_call_id: 'b' });
    expect(short(tools.answer(result))).toEqual([]);
    expect(short(tools.answer(result, true))).toEqual(['tool-output-available b 2']);
    const additional_kwargs = { approval: 'denied_before' };
    const denied = new ToolMessage({ content: 'No.', tool_call_id: 'c', additional_kwargs });
    expect([...tools.answer(denied, true)]).toEqual([
      { type: 'tool-output-denied', toolCallId: 'c' },
    ]);
  });
});
