import { lastValueFrom, toArray } from 'rxjs';
import { lambda, type RunEvent } from 'rxlm';
import { FakeChatModel } from 'rxlm/testing';
import { runOf } from '../../lib/sse/run-of.js';

const length = lambda((text: string) => text.length, { name: 'Length' });
const all = (body: unknown) => lastValueFrom(runOf(length, body)({}).pipe(toArray()));

describe('runOf', () => {
  it('runs what is asked for: its chunks, or its events', async () => {
    expect(await all({ input: 'abc' })).toEqual([3]);
    const events = (await all({ input: 'abc', events: true })) as RunEvent[];
    expect(events.map(({ event }) => event)).toEqual([
      'on_chain_start',
      'on_chain_stream',
      'on_chain_end',
    ]);
  });

  it('[21] takes of the config that came along what cannot do harm, if it is what it should be', async () => {
    const config = {
      tags: ['a'],
      metadata: { m: 1 },
      runName: 'Other',
      timeout: 1,
      listeners: ['x'],
    };
    const [start] = (await all({ input: 'abc', events: true, config })) as RunEvent[];
    expect(start).toMatchObject({ name: 'Other', tags: ['a'], metadata: { m: 1 } });
    const odd = { tags: 'a', metadata: [], runName: 5 };
    const [other] = (await all({ input: 'abc', events: true, config: odd })) as RunEvent[];
    expect(other).toMatchObject({ name: 'Length', tags: [], metadata: {} });
  });

  it('[9] gives the run the id that was asked for, if it is a UUID', async () => {
    const runId = '01a21abb-dd94-7fe3-834e-04443c961a77';
    const idOf = async (id: unknown) => {
      const body = { input: 'abc', events: true, config: { runId: id } };
      return ((await all(body)) as RunEvent[])[0]!.run_id;
    };
    expect(await idOf(runId)).toBe(runId);
    for (const other of ['mine', '', 5, `${runId}\n`]) expect(await idOf(other)).not.toBe(other);
  });

  it.each([undefined, null, 'text', {}, []])('refuses the body %j', (body) => {
    expect(() => runOf(length, body)).toThrow(/the body must be/);
  });

  it('refuses an input that cannot be meant', () => {
    expect(() => runOf(new FakeChatModel(['a']), { input: { role: 'x' } })).toThrow(TypeError);
  });
});
