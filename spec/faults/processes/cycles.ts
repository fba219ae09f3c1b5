import { take } from 'rxjs';
import { measure, modelAt } from './measure.js';

/** `cycles.ts <URL> <n>`: n subscriptions, every other one left at once, the rest at their first chunk. */
const [baseURL = '', n = '10000'] = process.argv.slice(2);
const model = modelAt(baseURL);

const cycle = (index: number): Promise<void> =>
  new Promise((resolve) => {
    if (index % 2 === 0) {
      model.stream$('Hi').subscribe().unsubscribe();
      setImmediate(resolve);
    } else {
      model.stream$('Hi').pipe(take(1)).subscribe({ complete: resolve });
    }
  });

const cycles = async (count: number, done: () => void): Promise<void> => {
  for (let index = 0; index < count; index += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, i) => cycle(index + i).then(done)));
  }
};

void measure(
  () => cycles(500, () => undefined),
  async (count) => {
    await cycles(Number(n), count);
    return 'left';
  },
);
