import { toAsyncIterable, toReadableStream } from '../../../lib/index.js';
import { measure, modelAt, wait } from './measure.js';

/** `stall.ts <good URL> <URL> <edge> <ms>`: a consumer that takes 20 ms for each chunk, for so long. */
const [goodURL = '', baseURL = '', edge = 'iterable', ms = '6000'] = process.argv.slice(2);
const model = modelAt(baseURL);

const edges: Readonly<Record<string, () => AsyncIterable<unknown>>> = {
  iterable: () => toAsyncIterable(model.stream$('Hi')),
  stream: () => model.stream('Hi'),
  events: () => model.streamEvents('Hi'),
  events$: () => toAsyncIterable(model.events$('Hi')),
  web: () => toReadableStream(model.stream$('Hi')),
};

void measure(
  () => modelAt(goodURL).invoke('Hi'),
  async (count) => {
    const until = Date.now() + Number(ms);
    for await (const _ of edges[edge]?.() ?? []) {
      count();
      if (Date.now() > until) break;
      await wait(20);
    }
    return 'left';
  },
);
