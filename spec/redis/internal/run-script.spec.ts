import { runScript } from '../../../lib/redis/internal/run-script';
import type { Engine } from '../../../lib/redis/internal/engine';

const script = { source: 'return 1', sha: 'abc' };
function engine(evalSha: unknown, evaluated: unknown) {
  const asked: unknown[] = [];
  const give = (reply: unknown) =>
    reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply);
  return {
    asked,
    engine: {
      evalSha: (...args: unknown[]) => (asked.push(args), give(evalSha)),
      eval: (...args: unknown[]) => (asked.push(args), give(evaluated)),
    } as unknown as Engine,
  };
}

describe('runScript', () => {
  it('asks by the name of the script alone, arguments as texts', async () => {
    const { engine: own, asked } = engine('fine', new Error('not asked'));
    expect(await runScript(own, script, ['k'], [1, 'b'])).toBe('fine');
    expect(asked).toEqual([['abc', ['k'], ['1', 'b']]]);
  });

  it('sends the text where the engine does not know the name', async () => {
    const { engine: own, asked } = engine(new Error('NOSCRIPT No matching script.'), 'fine');
    expect(await runScript(own, script, ['k'], [])).toBe('fine');
    expect(asked[1]).toEqual(['return 1', ['k'], []]);
  });

  it.each([new Error('LOADING Redis is loading'), 'no error at all', null])(
    'passes any other failure on as it is: %s',
    async (failure) => {
      const own = {
        evalSha: async () => {
          throw failure;
        },
      } as unknown as Engine;
      await expect(runScript(own, script, ['k'], [])).rejects.toBe(failure);
    },
  );

  it('calls a foreign key a conflict, also when the text was sent', async () => {
    const wrong = new Error('WRONGTYPE Operation against a key');
    const { engine: own } = engine(new Error('NOSCRIPT'), wrong);
    await expect(runScript(own, script, ['k'], [])).rejects.toMatchObject({
      code: 'store_conflict',
      cause: wrong,
    });
  });
});
