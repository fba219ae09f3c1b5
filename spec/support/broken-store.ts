import { VirtualTimeScheduler } from 'rxjs';
import { memoryRunStore, type RunStore } from 'rxlm';
import type { RunStoreChecks } from '../../lib/testing/contract/run-store-checks.js';

/** The checks that a store of ours with something broken fails. */
export async function failedChecks(
  all: RunStoreChecks,
  broken: (store: RunStore) => Partial<RunStore>,
): Promise<string[]> {
  const names: string[] = [];
  for (const [title, checks] of Object.entries(all))
    for (const [says, check] of Object.entries(checks)) {
      const scheduler = new VirtualTimeScheduler();
      const advance = (ms: number) => {
        scheduler.frame += ms;
      };
      const whole = memoryRunStore({ scheduler });
      await check({ store: { ...whole, ...broken(whole) }, advance }).catch(() => {
        names.push(`${title} ${says}`);
      });
    }
  return names;
}
