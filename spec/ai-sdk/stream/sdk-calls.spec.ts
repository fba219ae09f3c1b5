import { SdkCalls, toCallBlocks } from '../../../lib/ai-sdk/stream/sdk-calls';

const fail = (_code: string, message: string) => new Error(message) as never;
const calls = (limits = {}) => new SdkCalls({ toolJson: 100, toolJsonDepth: 8, fail, ...limits });

describe('SdkCalls', () => {
  it('streams arguments under an id, and takes what the call says at last', () => {
    const made = calls();
    expect(made.begin('a', 'w', false)).toEqual({ index: 0, id: 'a', name: 'w', args: '' });
    expect(made.grow('a', '{"city":')).toEqual({ index: 0, args: '{"city":' });
    expect(made.grow('b', 'x')).toBeUndefined();
    expect(made.complete('a', 'w', '{"city":"Oslo"}', { p: { s: 1 } })).toBeUndefined();
    expect(made.complete('b', 'v', '')).toEqual({ index: 1, id: 'b', name: 'v', args: '' });
    expect(made.settle()).toEqual([
      {
        call: { type: 'tool_call', id: 'a', name: 'w', args: { city: 'Oslo' } },
        metadata: { p: { s: 1 } },
        isText: false,
      },
      {
        call: { type: 'tool_call', id: 'b', name: 'v', args: {} },
        metadata: undefined,
        isText: false,
      },
    ]);
  });

  it('makes no call of one that never came whole, and an invalid one of what is no JSON', () => {
    const made = calls();
    made.begin('a', 'w', false);
    made.grow('a', '{"city":"Oslo"}');
    made.complete('b', 'w', '{"city":');
    expect(made.settle().map(({ call }) => [call.type, call.id])).toEqual([
      ['invalid_tool_call', 'b'],
    ]);
  });

  it('has the text of a tool that takes text as its input', () => {
    const made = calls();
    made.begin('a', 'sql', true);
    expect(made.grow('a', 'select "1"')).toEqual({ index: 0, args: '{"input":"select \\"1\\"' });
    made.complete('a', 'sql', '"select \\"1\\""');
    expect(made.settle()).toMatchObject([
      { call: { args: { input: 'select "1"' } }, isText: true },
    ]);
  });

  it('keeps the limits of arguments', () => {
    expect(() => calls({ toolJson: 3 }).complete('a', 'w', '{"a":1}')).toThrow(/limits.toolJson/);
  });
});

it('toCallBlocks has all calls, where something is attached to one of them', () => {
  const made = calls();
  made.complete('a', 'w', '{}', { p: {} });
  made.complete('b', 'v', '{}');
  let index = 1;
  const blocks = toCallBlocks(made.settle(), () => (index += 1));
  expect(blocks).toEqual([
    { index: 2, type: 'tool_use', id: 'a', name: 'w', input: {}, providerMetadata: { p: {} } },
    { index: 3, type: 'tool_use', id: 'b', name: 'v', input: {} },
  ]);
  expect(toCallBlocks(made.settle().slice(1), () => index)).toEqual([]);
});
