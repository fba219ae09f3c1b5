import { toAsyncIterable } from '../../../lib/index.js';
import { modelAt, outcomeOf, recordRun, wait } from './measure.js';

/** `exit.ts <how> <URL>`: ends or leaves a run, and has nothing more to do. */
const [how = '', baseURL = ''] = process.argv.slice(2);
const model = modelAt(baseURL);

const ways: Readonly<Record<string, () => Promise<string>>> = {
  end: async () => {
    await model.invoke('Hi');
    return 'complete';
  },
  error: () => model.invoke('Hi').then(String, outcomeOf),
  unsubscribe: async () => {
    const subscription = model.stream$('Hi').subscribe();
    await wait(300);
    subscription.unsubscribe();
    return 'left';
  },
  break: async () => {
    for await (const _ of toAsyncIterable(model.stream$('Hi'))) break;
    return 'left';
  },
};

void ways[how]?.().then((outcome) => {
  recordRun({ outcome });
});
