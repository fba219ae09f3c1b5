import { memoryRunStore } from 'rxlm';
import { describeRunStore } from 'rxlm/testing';

describe('describeRunStore', () => {
  const framework = (checks: (() => Promise<void>)[]) => ({
    describe: (_name: string, define: () => void) => {
      define();
    },
    it: (_name: string, check: () => Promise<void>) => checks.push(check),
  });

  it('refuses what does not open a store', () => {
    expect(() => {
      describeRunStore('nothing', {} as never, framework([]));
    }).toThrow(new TypeError('open must be a function that gives { store, advance }'));
  });

  it('opens a store for each check and closes it, also when the check fails', async () => {
    const checks: (() => Promise<void>)[] = [];
    let open = 0;
    const store = { ...memoryRunStore(), claim: () => Promise.reject(new Error('no')) };
    const close = (): void => {
      open -= 1;
    };
    const subject = () => {
      open += 1;
      return { store, advance: () => undefined, close };
    };
    describeRunStore('broken', subject, framework(checks));
    expect(checks.length).toBeGreaterThan(20);
    await expect(checks[0]!()).rejects.toThrow('no');
    expect(open).toBe(0);
  });
});
