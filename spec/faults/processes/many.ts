import { lastValueFrom, tap } from 'rxjs';
import { measure, modelAt } from './measure.js';

/** `many.ts <good URL> <URL> <n>`: n runs at once, to their ends. */
const [goodURL = '', baseURL = '', n = '500'] = process.argv.slice(2);

void measure(
  () => modelAt(goodURL).invoke('Hi'),
  async (count) => {
    const model = modelAt(baseURL, { timeouts: { headers: 120_000 } });
    const runs = Array.from({ length: Number(n) }, () =>
      lastValueFrom(model.stream$('Hi').pipe(tap(count))),
    );
    const ends = await Promise.allSettled(runs);
    return ends.every(({ status }) => status === 'fulfilled') ? 'complete' : 'failed';
  },
);
