import fc from 'fast-check';
import { RunKeys } from '../../../lib/redis/internal/run-keys';

describe('the keys of runs', () => {
  const ids = fc.stringMatching(/^[\w.~:-]{1,128}$/);

  it('give the id back, and share one hash tag', () => {
    fc.assert(
      fc.property(ids, (id) => {
        const keys = new RunKeys('a:');
        const [run, log] = keys.of(id);
        expect(keys.idOf(run)).toBe(id);
        for (const key of [run, log, keys.channel(id, 'wake'), keys.channel(id, 'cancel')])
          expect(/\{([^}]*)\}/.exec(key)?.[1]).toBe(id);
      }),
    );
  });

  it('of a thread are no key of a run', () => {
    fc.assert(
      fc.property(ids, ids, (thread, id) => {
        const keys = new RunKeys('a:');
        expect(keys.of(id)).not.toContain(keys.ofThread(thread)[0]);
      }),
    );
  });

  it('are found by a pattern in which the prefix means itself', () => {
    expect(new RunKeys('a*[b]?\\^:').pattern).toBe('a\\*\\[b\\]\\?\\\\\\^:{*}');
  });
});
