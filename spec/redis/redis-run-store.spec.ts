import { redisRunStore } from 'rxlm/redis';
import { RxlmError } from 'rxlm';

/** A client that answers each script by what is given, and notes what it was asked. */
function scripted(...replies: unknown[]) {
  const asked: { keys: string[]; arguments: string[] }[] = [];
  const client = {
    evalSha: async (_sha: string, call: { keys: string[]; arguments: string[] }) => {
      asked.push(call);
      const reply = replies.shift();
      if (reply instanceof Error) throw reply;
      return reply;
    },
    eval: jest.fn(),
    scan: async () => ({ cursor: '7', keys: ['rxlm:run:{a}', 'rxlm:run:{a}', 'rxlm:run:{b}'] }),
    duplicate: jest.fn(),
  };
  return { asked, client };
}
const batch = { epoch: 3, after: 1, entries: [], leaseMs: 0.2, keepMs: 10 };

describe('redisRunStore', () => {
  it.each([
    [null, 'options must be an object, got null'],
    [{}, 'client must be a client of redis or of ioredis, got undefined'],
    [{ client: { get: 1 } }, 'client must be a client of redis or of ioredis, got'],
    [{ client: scripted().client, prefix: 'a{b}' }, 'prefix must be a string without braces'],
    [{ client: scripted().client, prefix: 1 }, 'prefix must be a string without braces, got 1'],
  ])('refuses %j', (options, message) => {
    expect(() => redisRunStore(options as never)).toThrow(TypeError);
    expect(() => redisRunStore(options as never)).toThrow(message);
  });

  it('keeps all keys of a run under one hash tag', async () => {
    const { asked, client } = scripted([1, '12']);
    const store = redisRunStore({ client, prefix: 'mine:' });
    const claim = { token: 't', leaseMs: 0.5, maxMs: 10.5, keepMs: 1, meta: { ü: 1 } };
    expect(await store.claim('id', claim)).toEqual({ ok: true, epoch: 12 });
    expect(asked).toEqual([
      { keys: ['mine:{id}', 'mine:{id}:log'], arguments: ['t', '1', '11', '0', '{"ü":1}'] },
    ]);
  });

  it('sends a batch as texts, its entries last', async () => {
    const { asked, client } = scripted(['ok', 3, 0, -1]);
    const store = redisRunStore({ client });
    const whole = {
      ...batch,
      entries: ['a', 'b'],
      snapshot: { seq: 2, data: 's' },
      ending: { state: 'end' } as const,
    };
    expect(await store.append('id', 't', whole)).toEqual({
      ok: true,
      last: 3,
      cancelRequested: false,
    });
    expect(asked[0]?.arguments).toEqual([
      ...['t', '3', '1', '1', '10', '{"state":"end"}', '2', 's', 'a', 'b'],
    ]);
  });

  it('rejects as the client does, for durableRuns to try again', async () => {
    const broken = new Error('Socket closed unexpectedly');
    const store = redisRunStore({ client: scripted(broken).client });
    await expect(store.append('id', 't', batch)).rejects.toBe(broken);
  });

  it('rejects for good where something else is at a key', async () => {
    const store = redisRunStore({ client: scripted(new Error('WRONGTYPE Operation')).client });
    const error: unknown = await Promise.resolve(store.append('id', 't', batch)).catch(
      (reason: unknown) => reason,
    );
    expect(RxlmError.is(error) && error.code).toBe('store_conflict');
  });

  it('lists the runs of a page once each, without such as have gone meanwhile', async () => {
    const { client } = scripted([5, 0, 9, 0, 0, '', '', 0, '', 0, []], null);
    const list = await redisRunStore({ client }).list({ limit: 2 });
    expect(list).toEqual({
      runs: [
        {
          id: 'a',
          epoch: 5,
          last: 0,
          leaseLeftMs: 9,
          cancelRequested: false,
          countsViewers: false,
        },
      ],
      cursor: '0.7',
    });
  });
});
