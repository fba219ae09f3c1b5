import { memoryRunStore, type RunStore } from 'rxlm';
import { watchChecks } from '../../../lib/testing/contract/run-store-watch-checks.js';

const checks = watchChecks['a watcher']!;
const advance = (): void => undefined;

describe('the checks of a watcher', () => {
  it.each([
    [
      'keeps waking who has stopped',
      'is woken by entries of its run, from any process, and not once it has stopped',
      (store: RunStore): Partial<RunStore> => ({
        watch: (id, wake) => {
          store.watch(id, wake);
          return () => undefined;
        },
      }),
    ],
    [
      'takes entries for a cancel',
      'of cancels is woken by a cancel, and not by entries',
      (store: RunStore): Partial<RunStore> => ({ watchCancel: store.watch }),
    ],
  ])('find a store that %s', async (_what, check, broken) => {
    const store = memoryRunStore();
    await expect(
      checks[check]!({ store: { ...store, ...broken(store) }, advance }),
    ).rejects.toThrow(/woken|wake/);
  });
});
