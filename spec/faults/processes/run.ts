import type { AnthropicOptions } from '../../../lib/anthropic/index.js';
import { measure, modelAt, outcomeOf } from './measure.js';

/** `run.ts <good URL> <URL> [<options as JSON>]`: one run to its end; its chunks are dropped as they come. */
const [goodURL = '', baseURL = '', json = '{}'] = process.argv.slice(2);
const options = JSON.parse(json) as Partial<AnthropicOptions>;

const run = (url: string, count?: () => void): Promise<string> =>
  new Promise((resolve) => {
    modelAt(url, options)
      .stream$('Hi')
      .subscribe({
        next: count ?? (() => undefined),
        error: (error: unknown) => {
          resolve(outcomeOf(error));
        },
        complete: () => {
          resolve('complete');
        },
      });
  });

void measure(
  async () => {
    for (let i = 0; i < 5; i += 1) await run(goodURL);
  },
  (count) => run(baseURL, count),
);
