import { tool as langChainTool } from '@langchain/core/tools';
import { lambda } from 'rxlm';
import { toolbox } from '../../../lib/runnables/agent/toolbox';
import { tool } from '../../../lib/tools/tool';

const make = (name: string) => tool({ name, schema: {}, func: () => name });

describe('toolbox', () => {
  it('finds the tools of the application, and not those that the provider runs', () => {
    const add = make('add');
    const search = { type: 'web_search_20250305', name: 'web_search' };
    const { run, elsewhere, offered } = toolbox([add, search]);
    expect([...run]).toEqual([['add', add]]);
    expect([...elsewhere]).toEqual(['web_search']);
    expect(offered).toEqual([add, search]);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    '[17] finds %s only if there is a tool of that name',
    (name) => {
      expect(toolbox([make('add')]).run.get(name)).toBeUndefined();
      const odd = make(name);
      expect(toolbox([odd]).run.get(name)).toBe(odd);
    },
  );

  it.each([
    [undefined, 'tools must be an array, got undefined'],
    [[7], "tools[0] must be made by tool(), or be a tool in the provider's form, got 7"],
    [[null], "tools[0] must be made by tool(), or be a tool in the provider's form, got null"],
    [
      [make('a'), lambda(() => 1)],
      "tools[1] must be made by tool(), or be a tool in the provider's form, got a RunnableLambda",
    ],
    [
      [{ name: 'add', schema: {}, func: () => 1 }],
      "tools[0] must be made by tool(), or be a tool in the provider's form, got an object",
    ],
    [
      [langChainTool(() => 1, { name: 'add', schema: { type: 'object' } })],
      "tools[0] must be made by tool(), or be a tool in the provider's form, got a DynamicStructuredTool",
    ],
    [[make('a'), make('b'), make('a')], 'tools[2]: there are two tools named "a"'],
  ])('is a TypeError for %p', (tools, message) => {
    expect(() => toolbox(tools as never)).toThrow(new TypeError(message));
  });
});
