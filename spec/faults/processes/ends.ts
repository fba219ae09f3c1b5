import { measure, modelAt } from './measure.js';

/** `ends.ts <URL> <n>`: n runs to their ends, 50 at once. Each has a model of its own: what keeps a run keeps that too. */
const [baseURL = '', n = '1000'] = process.argv.slice(2);

const run = (): Promise<void> =>
  new Promise((resolve) => {
    modelAt(baseURL)
      .stream$('Hi')
      .subscribe({
        error: () => {
          resolve();
        },
        complete: resolve,
      });
  });

const runs = async (count: number, done: () => void): Promise<void> => {
  for (let begun = 0; begun < count; begun += 50)
    await Promise.all(Array.from({ length: 50 }, () => run().then(done)));
};

void measure(
  () => runs(100, () => undefined),
  async (count) => {
    await runs(Number(n), count);
    return 'over';
  },
);
