import { tool } from 'rxlm';
import { z } from 'zod';
import { describeTools } from '../../../lib/sse/client/describe-tools.js';

describe('describeTools', () => {
  it('makes plain data of tools with a schema', () => {
    const add = tool({
      name: 'add',
      description: 'Adds.',
      schema: z.object({ a: z.number() }),
      func: ({ a }) => a,
    });
    const [described] = describeTools([add]);
    expect(described).toMatchObject({
      name: 'add',
      description: 'Adds.',
      schema: { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] },
    });
    expect(JSON.parse(JSON.stringify(described))).toEqual(described);
  });

  it('leaves what is in a form of the provider as it is', () => {
    const builtin = { type: 'web_search_20250305', name: 'web_search' };
    expect(describeTools([builtin, 'odd'])).toEqual([builtin, 'odd']);
  });
});
