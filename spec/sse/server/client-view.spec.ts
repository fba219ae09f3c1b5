import { lastValueFrom, of, toArray } from 'rxjs';
import { AIMessage, type RunEvent, ToolMessage } from 'rxlm';
import { rootAnd, shownChunk } from '../../../lib/sse/server/client-view.js';

const result = new ToolMessage({
  tool_call_id: 'c',
  name: 'look',
  content: 'SECRET',
  artifact: 'SECRET',
});

describe('shownChunk', () => {
  it('says of a result that there is one, and no more', () => {
    expect(JSON.stringify(shownChunk(false)(result))).not.toContain('SECRET');
    expect(shownChunk(false)(result)).toMatchObject({
      tool_call_id: 'c',
      name: 'look',
      content: '',
    });
    expect(shownChunk(true)(result)).toMatchObject({ content: 'SECRET' });
    expect(shownChunk(true)(result)).not.toHaveProperty('artifact', 'SECRET');
    for (const other of ['text', null, 5, new AIMessage('x')])
      expect(shownChunk(false)(other)).toBe(other);
  });
});

describe('rootAnd', () => {
  const eventOf = (event: string, data: unknown, more = {}): RunEvent =>
    ({
      ...{ event, name: 'root', run_id: 'r', parent_ids: [], tags: ['SECRET'] },
      ...{ metadata: { m: 'SECRET' }, data, ...more },
    }) as never;
  const events = [
    eventOf('on_chain_start', { input: 'Hi' }),
    eventOf('on_tool_start', { input: 'SECRET' }, { name: 'look', run_id: 't', parent_ids: ['r'] }),
    eventOf('on_chain_stream', { chunk: [result, { within: result }] }),
    eventOf('on_custom_event', { progress: 1 }, { name: 'step' }),
    eventOf('on_chain_end', { output: { __proto__: null, messages: [result] } }),
  ];
  const seen = async (filters: object) =>
    await lastValueFrom(of(...events).pipe(rootAnd(filters, false), toArray()));

  it('hides tags, metadata and results of tools of a root that is not selected', async () => {
    const shown = await seen({ includeNames: ['other'] });
    expect(shown.map(({ event }) => event)).toEqual([
      ...['on_chain_start', 'on_chain_stream', 'on_custom_event', 'on_chain_end'],
    ]);
    expect(JSON.stringify(shown)).not.toContain('SECRET');
    expect(shown[2]!.data).toEqual({ progress: 1 });
  });

  it('leaves a root that is selected as it is', async () => {
    expect(await seen({})).toEqual(events);
    expect((await seen({ includeNames: ['root'] }))[0]).toBe(events[0]);
  });
});
