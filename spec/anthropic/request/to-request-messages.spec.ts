import { AIMessage, HumanMessage, type MessagesInput, ModelError } from 'rxlm';
import { coerceMessages } from 'rxlm/provider';
import { toRequestMessages } from '../../../lib/anthropic/request/to-request-messages';
import type { ContentBlock } from '../../../lib/messages/content';

const request = (input: MessagesInput) => toRequestMessages(coerceMessages(input));
const turns = (input: MessagesInput) => request(input).messages;
const call = (id: string, args = {}) => ({ type: 'tool_call', id, name: 'add', args }) as const;
const use = (id: string, input = {}) => ({ type: 'tool_use', id, name: 'add', input });
const ai = (content: string | object[], ids: string[] = []) =>
  new AIMessage({ content: content as ContentBlock[], tool_calls: ids.map((id) => call(id)) });
const result = (tool_call_id: string, content: unknown = 'ok') => ({
  role: 'tool',
  tool_call_id,
  content,
});
const toolResult = (tool_use_id: string, content: unknown = 'ok') => ({
  type: 'tool_result',
  tool_use_id,
  content,
});
const notRun = (tool_use_id: string) => ({
  ...toolResult(tool_use_id, expect.stringContaining('was not run')),
  is_error: true,
});

describe('toRequestMessages', () => {
  it('does not send a call twice that stands in the content already', () => {
    const message = new AIMessage({
      content: [{ type: 'text', text: 'So.' }, use('t', { x: 1 })],
      tool_calls: [call('t', { x: 1 })],
    });
    expect(turns([message, result('t')])[0]).toEqual({
      role: 'assistant',
      content: [{ type: 'text', text: 'So.' }, use('t', { x: 1 })],
    });
  });

  it('leaves neighbours of the same role apart', () => {
    expect(turns([new HumanMessage('a'), new HumanMessage('b')])).toHaveLength(2);
  });

  it('answers calls that have no result, wherever the conversation was cut', () => {
    expect(
      turns([['human', 'Hi'], ai('So.', ['a', 'b']), result('b'), ['human', 'Go on']]),
    ).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: [{ type: 'text', text: 'So.' }, use('a'), use('b')] },
      { role: 'user', content: [notRun('a'), toolResult('b')] },
      { role: 'user', content: 'Go on' },
    ]);
    expect(turns([['human', 'Hi'], ai('', ['a'])]).at(-1)).toEqual({
      role: 'user',
      content: [notRun('a')],
    });
  });

  it('puts results behind their calls in the order of the calls', () => {
    expect(
      turns([
        ['human', 'Hi'],
        ai('', ['a', 'b']),
        ['human', 'Wait.'],
        result('b', '2'),
        result('a', '1'),
      ]),
    ).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: [use('a'), use('b')] },
      { role: 'user', content: [toolResult('a', '1'), toolResult('b', '2')] },
      { role: 'user', content: 'Wait.' },
    ]);
  });

  it('leaves text beside results in one turn with them', () => {
    const content = [toolResult('a'), { type: 'text', text: 'And?' }];
    expect(turns([['human', 'Hi'], ai('', ['a']), { role: 'user', content }])[2]).toEqual({
      role: 'user',
      content,
    });
  });

  it('puts a result that an answer holds behind its call, and what follows behind it', () => {
    const content = [use('a'), toolResult('a', 'r'), { type: 'text', text: 'So.' }];
    expect(turns([['human', 'Hi'], ai(content), ['human', 'And?']]).slice(1)).toEqual([
      { role: 'assistant', content: [use('a')] },
      { role: 'user', content: [toolResult('a', 'r')] },
      { role: 'assistant', content: [{ type: 'text', text: 'So.' }] },
      { role: 'user', content: 'And?' },
    ]);
  });

  it('drops a result whose call was trimmed away', () => {
    expect(turns([result('a'), ['human', 'Hi']])).toEqual([{ role: 'user', content: 'Hi' }]);
  });

  it('puts nothing behind calls', () => {
    const content = [use('a'), { type: 'text', text: 'Then.' }];
    expect(turns([['human', 'Hi'], ai(content), result('a')])[1]).toEqual({
      role: 'assistant',
      content: [{ type: 'text', text: 'Then.' }, use('a')],
    });
  });

  it('maps the ids of other providers alike for call and result, and keeps them apart', () => {
    const ids = ['call.1|x', 'call:1|x', 'fine_1'];
    const [, asked, answered] = turns([
      ['human', 'Hi'],
      ai('', ids),
      ...ids.map((id) => result(id, id)),
    ]) as unknown as { content: { id?: string; tool_use_id?: string; content?: string }[] }[];
    const sent = asked!.content.map(({ id }) => id!);
    expect(sent).toEqual(['call_1_x', 'call_1_x_2', 'fine_1']);
    expect(answered!.content.map((each) => [each.tool_use_id, each.content])).toEqual(
      sent.map((id, i) => [id, ids[i]]),
    );
  });

  it('keeps calls apart whose provider numbers them anew in each turn, or not at all', () => {
    const again = ['human', 'Again.'] as const;
    expect(
      turns([
        ['human', 'Hi'],
        ai('', ['0']),
        result('0', 'a'),
        again,
        ai('', ['0']),
        result('0', 'b'),
      ]),
    ).toMatchObject([
      {},
      { content: [{ id: '0' }] },
      { content: [toolResult('0', 'a')] },
      {},
      { content: [{ id: '0_2' }] },
      { content: [toolResult('0_2', 'b')] },
    ]);
    expect(
      turns([['human', 'Hi'], ai('', ['', '']), result('', 'a'), result('', 'b')]),
    ).toMatchObject([
      {},
      { content: [{ id: 'call' }, { id: 'call_2' }] },
      { content: [toolResult('call', 'a'), toolResult('call_2', 'b')] },
    ]);
  });

  it('refuses ids that contradict each other, saying where', () => {
    const different = [use('a', { x: 1 }), use('a', { x: 2 })];
    for (const history of [
      [['human', 'Hi'], ai(different), result('a')],
      [['human', 'Hi'], ai('', ['a']), result('a', '1'), result('a', '2')],
    ] as MessagesInput[]) {
      let error: unknown;
      try {
        request(history);
      } catch (thrown) {
        error = thrown;
      }
      expect(ModelError.is(error) && error.code).toBe('invalid_request');
      expect((error as Error).message).toMatch(/messages\[\d\].*id of its own/);
    }
    // The same thing twice is no contradiction.
    expect(
      turns([['human', 'Hi'], ai([use('a'), use('a')]), result('a'), result('a')]).slice(1),
    ).toEqual([
      { role: 'assistant', content: [use('a')] },
      { role: 'user', content: [toolResult('a')] },
    ]);
  });

  it('sends no empty text, and none of whitespace where there is no other', () => {
    const picture = { type: 'image', source: { type: 'url', url: 'https://a.test/b.png' } };
    expect(
      request([
        ['system', ' '],
        ['human', [{ type: 'text', text: '' }, picture as ContentBlock]],
        ai([{ type: 'text', text: '\n\n' }, use('a')]),
        result('a', [{ type: 'text', text: ' ' }]),
        ['ai', ''],
        [
          'human',
          [
            { type: 'text', text: 'a' },
            { type: 'text', text: ' ' },
          ],
        ],
      ]),
    ).toEqual({
      system: undefined,
      messages: [
        { role: 'user', content: [picture] },
        { role: 'assistant', content: [use('a')] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a' }] },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: ' ' },
          ],
        },
      ],
    });
  });

  it('ends an answer to go on with in no whitespace', () => {
    expect(
      turns([
        ['human', 'Hi'],
        ['ai', 'So, \n'],
      ])[1],
    ).toEqual({ role: 'assistant', content: 'So,' });
    const blocks = [
      { type: 'text', text: 'a ' },
      { type: 'text', text: ' \n' },
    ];
    expect(turns([['human', 'Hi'], ai(blocks)])[1]).toEqual({
      role: 'assistant',
      content: [{ type: 'text', text: 'a' }],
    });
  });

  it('refuses what leaves nothing to answer', () => {
    expect(() => request([])).toThrow(TypeError);
    expect(() => request([['system', 'Be terse.']])).toThrow(TypeError);
    expect(() => request([['human', ' ']])).toThrow(TypeError);
    expect(() =>
      request([
        ['human', 'Hi'],
        ['ai', 'Hello'],
        ['human', ''],
      ]),
    ).toThrow(/messages\[2\]: the last message is empty/);
  });

  it('leaves out thinking without its signature, and sends back the rest as it was signed', () => {
    const thinking = { type: 'thinking', thinking: 'hm \n', signature: 'a+/=' };
    expect(
      turns([
        ['human', 'Hi'],
        ai([thinking, { type: 'text', text: 'So.' }]),
        ['human', 'And?'],
        ai([{ type: 'thinking', thinking: 'cut' }]),
        ['human', 'Go on.'],
      ]),
    ).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: [thinking, { type: 'text', text: 'So.' }] },
      { role: 'user', content: 'And?' },
      { role: 'user', content: 'Go on.' },
    ]);
  });

  it('takes what LangChain.js has folded of a streamed call', () => {
    const content = [
      { type: 'text', text: 'So.', index: 0 },
      { type: 'tool_use', id: 'a', name: 'add', input: '', index: 1 },
      { type: 'input_json_delta', index: 1, input: '{"x":1}' },
      { type: 'tool_use', id: 'b', name: 'add', input: '' },
      { type: 'input_json_delta', input: '{"x"' },
      { type: 'input_json_delta', input: ':2}' },
    ];
    const sent = [{ type: 'text', text: 'So.' }, use('a', { x: 1 }), use('b', { x: 2 })];
    const calls = [call('a', { x: 1 }), call('b', { x: 2 })];
    for (const tool_calls of [calls, []]) {
      const message = { type: 'ai', content, tool_calls };
      expect(turns([['human', 'Hi'], message])[1]).toEqual({ role: 'assistant', content: sent });
    }
  });

  it('sends a call that no block has, its arguments broken, so that its result keeps its place', () => {
    const invalid = {
      type: 'invalid_tool_call',
      id: 'a',
      name: 'add',
      args: '{',
      error: '',
    } as const;
    const message = new AIMessage({ content: '', invalid_tool_calls: [invalid] });
    expect(turns([['human', 'Hi'], message, result('a', 'no JSON')]).slice(1)).toEqual([
      { role: 'assistant', content: [use('a', { INVALID_JSON: '{' })] },
      { role: 'user', content: [toolResult('a', 'no JSON')] },
    ]);
  });
});
