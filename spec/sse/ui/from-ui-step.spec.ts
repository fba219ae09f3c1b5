import { checkFromUIOptions } from '../../../lib/sse/ui/from-ui-options';
import { contentOf, fromStep, outputsOf } from '../../../lib/sse/ui/from-ui-step';

const rules = checkFromUIOptions({ trusted: true });
const call = {
  type: 'tool-add',
  toolCallId: 'c1',
  state: 'output-available',
  input: { a: 1 },
  output: 2,
};

describe('fromStep', () => {
  it('puts a call among the blocks only where its place says something', () => {
    const text = (value: string) => ({ type: 'text', text: value });
    const [before] = fromStep([text('a'), call], new Map(), rules);
    expect(before).toMatchObject({ content: 'a', tool_calls: [{ id: 'c1' }] });
    const [between] = fromStep([text('a'), call, text('b')], new Map(), rules);
    expect(between!.content).toEqual([
      text('a'),
      { type: 'tool_use', id: 'c1', name: 'add', input: { a: 1 } },
      text('b'),
    ]);
  });

  it('puts a result of the provider where it stood, whatever part shows it', () => {
    const parts = [
      {
        type: 'tool-web_search',
        toolCallId: 's1',
        state: 'output-available',
        providerExecuted: true,
        input: { query: 'a' },
        output: ['found'],
        callProviderMetadata: { rxlm: { rest: { type: 'server_tool_use' }, unproven: true } },
      },
      { type: 'text', text: 'Hm.' },
      {
        type: 'data-rxlm-block',
        data: {
          toolCallId: 's1',
          hasOutput: true,
          rest: { type: 'web_search_tool_result' },
          unproven: true,
        },
      },
    ];
    const [message] = fromStep(parts, outputsOf(parts), rules);
    expect(message!.content).toEqual([
      { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'a' } },
      { type: 'text', text: 'Hm.' },
      { type: 'web_search_tool_result', tool_use_id: 's1', content: ['found'] },
    ]);
    expect(fromStep(parts, outputsOf(parts), checkFromUIOptions({}))).toMatchObject([
      { type: 'ai', content: 'Hm.' },
    ]);
  });

  it.each([[null], [5], ['x'], [{}], [{ rest: 5 }], [{ json: '{' }], [{ json: '5' }]])(
    'makes nothing of a block that is %j',
    (data) => {
      expect(fromStep([{ type: 'data-rxlm-block', data }], new Map(), rules)).toEqual([]);
    },
  );
});

it('contentOf is a string for one plain text', () => {
  expect(contentOf([])).toBe('');
  expect(contentOf([{ type: 'text', text: 'a' }])).toBe('a');
  const cited = [{ type: 'text', text: 'a', citations: [] }];
  expect(contentOf(cited)).toBe(cited);
});
