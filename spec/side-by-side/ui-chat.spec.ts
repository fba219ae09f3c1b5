import {
  lastAssistantMessageIsCompleteWithApprovalResponses,
  lastAssistantMessageIsCompleteWithToolCalls,
} from 'ai';
import { concat, of } from 'rxjs';
import { dispatchCustomEvent, runTools, tool, ToolMessage } from 'rxlm';
import { z } from 'zod';
import { recordingOf } from '../../lib/testing/anthropic/make-recording';
import {
  type PageChat,
  type PageServer,
  type PageServerOptions,
  settled,
  startPageServer,
} from '../support/page-chat';

const servers: PageServer[] = [];
const serve = async (options: PageServerOptions) => {
  const server = await startPageServer(options);
  servers.push(server);
  return server;
};
afterAll(() => Promise.all(servers.map((server) => server.close())));

const says = (...tokens: string[]) => recordingOf({ tokens });
const paid: number[] = [];
const pay = tool({
  name: 'pay',
  schema: z.object({ amount: z.number() }),
  func: ({ amount }) => {
    paid.push(amount);
    return { paid: amount };
  },
});
const look = tool({ name: 'look', schema: z.object({}), func: () => 'seen' });
/** The page runs it. */
const where = {
  name: 'where',
  description: 'Where the user is.',
  input_schema: { type: 'object', properties: {} },
};

describe('a page with the AI SDK’s own client, and an agent with Claude', () => {
  describe('whose calls are to be approved', () => {
    const approving = (...recordings: PageServerOptions['recordings']) =>
      serve({
        recordings,
        from: { tools: [pay, look] },
        run: (model, history, config) =>
          runTools(model, [pay, look], {
            approve: ({ name }) => of(name === 'look' || ('pending' as const)),
          }).stream$(history, config),
      });
    const asks = recordingOf({
      content: [
        { thinking: 'Money.', signature: 'c2lnbmVk' },
        { text: 'I pay.' },
        { tool: 'look', id: 'toolu_1', input: {} },
        { tool: 'pay', id: 'toolu_2', input: { amount: 5 } },
        { tool: 'pay', id: 'toolu_3', input: { amount: 7 } },
      ],
    });
    const init = {
      sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithApprovalResponses,
    };
    beforeEach(() => (paid.length = 0));

    it('runs what was approved, denies the rest with its reason, and goes on in the same message', async () => {
      const { chat, sent } = await approving(asks, says('Paid.'), says('Seven.'));
      const page = chat(init);
      await page.sendMessage({ text: 'Pay.' });
      expect(paid).toEqual([]);
      expect(page.parts.map((part) => ('state' in part ? part.state : part.type))).toEqual([
        'step-start',
        'done',
        'done',
        'output-available',
        'approval-requested',
        'approval-requested',
      ]);
      await page.addToolApprovalResponse({ id: 'toolu_3', approved: true });
      await page.addToolApprovalResponse({ id: 'toolu_2', approved: false, reason: 'Too much.' });
      await settled(page);
      expect([page.status, page.error]).toEqual(['ready', undefined]);
      expect(paid).toEqual([7]);
      expect(page.messages).toHaveLength(2);
      expect(page.parts.slice(3)).toMatchObject([
        { type: 'tool-look', state: 'output-available' },
        { type: 'tool-pay', state: 'output-denied', approval: { reason: 'Too much.' } },
        { type: 'tool-pay', state: 'output-available', output: { paid: 7 } },
        { type: 'step-start' },
        { type: 'text', text: 'Paid.', state: 'done' },
      ]);
      const asked = [
        { role: 'user', content: 'Pay.' },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Money.', signature: 'c2lnbmVk' },
            { type: 'text', text: 'I pay.' },
            { type: 'tool_use', id: 'toolu_1', name: 'look', input: {} },
            { type: 'tool_use', id: 'toolu_2', name: 'pay', input: { amount: 5 } },
            { type: 'tool_use', id: 'toolu_3', name: 'pay', input: { amount: 7 } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'toolu_1', content: 'seen' },
            {
              ...{ type: 'tool_result', tool_use_id: 'toolu_2', is_error: true },
              content: 'The call was denied. Too much.',
            },
            { type: 'tool_result', tool_use_id: 'toolu_3', content: '{"paid":7}' },
          ],
        },
      ];
      expect(sent()[1]).toEqual(asked);

      const reloaded = chat({ ...init, messages: stored(page) });
      await reloaded.sendMessage({ text: 'How much?' });
      expect(reloaded.parts.at(-1)).toMatchObject({ text: 'Seven.' });
      expect(sent()[2]).toEqual([
        ...asked,
        { role: 'assistant', content: 'Paid.' },
        { role: 'user', content: 'How much?' },
      ]);
    });

    it('goes on where the user answers in words, and where the page was reloaded in between', async () => {
      const { chat, sent } = await approving(asks, says('Fine.'), says('Paid.'));
      const page = chat(init);
      await page.sendMessage({ text: 'Pay.' });
      const reloaded = chat({ ...init, messages: stored(page) });
      await page.sendMessage({ text: 'Never mind.' });
      expect(page.parts.at(-1)).toMatchObject({ text: 'Fine.' });
      expect(sent()[1]?.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'user']);

      for (const id of ['toolu_2', 'toolu_3'])
        await reloaded.addToolApprovalResponse({ id, approved: true });
      await settled(reloaded);
      expect(reloaded.parts.at(-1)).toMatchObject({ text: 'Paid.' });
      expect(paid).toEqual([5, 7]);
    });

    it('runs nothing that was changed on the way', async () => {
      const { chat, provider } = await approving(asks);
      const page = chat(init);
      await page.sendMessage({ text: 'Pay.' });
      const messages = JSON.parse(
        JSON.stringify(stored(page)).replaceAll('"amount":7', '"amount":7000'),
      ) as ReturnType<typeof stored>;
      const forged = chat({ ...init, messages });
      for (const id of ['toolu_2', 'toolu_3'])
        await forged.addToolApprovalResponse({ id, approved: true });
      await settled(forged);
      expect(forged.error?.message).toContain('is not the one that the server has asked for');
      expect(paid).toEqual([]);
      expect(provider.requests).toHaveLength(1);
    });
  });

  describe('with a tool that the page runs', () => {
    const asks = recordingOf({
      content: [
        { text: 'Hm.' },
        { tool: 'where', id: 'toolu_1', input: {} },
        { tool: 'look', id: 'toolu_2', input: {} },
      ],
    });

    it('ends at its call, and goes on with what the page gives', async () => {
      const { chat, sent } = await serve({
        recordings: [asks, says('Graz.'), says('Still.')],
        from: { tools: [where, look] },
        run: (model, history, config) => runTools(model, [where, look]).stream$(history, config),
      });
      const page: PageChat = chat({
        sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithToolCalls,
        onToolCall: ({ toolCall: { toolName, toolCallId } }) => {
          if (toolName === 'where')
            void page.addToolOutput({ tool: 'where', toolCallId, output: { city: 'Graz' } });
        },
      });
      await page.sendMessage({ text: 'Where am I?' });
      await settled(page);
      await page.sendMessage({ text: 'And now?' });
      expect([page.status, page.error, page.messages.length]).toEqual(['ready', undefined, 4]);
      expect(page.parts.at(-1)).toMatchObject({ text: 'Still.' });
      expect(sent()).toHaveLength(3);
      expect(sent()[2]).toEqual([
        { role: 'user', content: 'Where am I?' },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'Hm.' },
            { type: 'tool_use', id: 'toolu_1', name: 'where', input: {} },
            { type: 'tool_use', id: 'toolu_2', name: 'look', input: {} },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'toolu_1', content: '{"city":"Graz"}' },
            { type: 'tool_result', tool_use_id: 'toolu_2', content: 'seen' },
          ],
        },
        { role: 'assistant', content: 'Graz.' },
        { role: 'user', content: 'And now?' },
      ]);
    });

    it('passes on that the page’s tool has failed', async () => {
      const { chat, sent } = await serve({
        recordings: [asks, says('Where?')],
        from: { tools: [where, look] },
        run: (model, history, config) => runTools(model, [where, look]).stream$(history, config),
      });
      const page = chat({ sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithToolCalls });
      await page.sendMessage({ text: 'Where am I?' });
      const failed = { state: 'output-error', errorText: 'no GPS' } as const;
      await page.addToolOutput({ tool: 'where', toolCallId: 'toolu_1', ...failed });
      await settled(page);
      expect(page.parts.at(-1)).toMatchObject({ text: 'Where?' });
      expect(sent()[1]?.at(-1)?.content).toMatchObject([
        { tool_use_id: 'toolu_1', content: 'no GPS', is_error: true },
        { tool_use_id: 'toolu_2', content: 'seen' },
      ]);
    });

    it('closes the page’s part where the server answers in its place', async () => {
      const here = new ToolMessage({ content: '{"city":"Wien"}', tool_call_id: 'toolu_1' });
      const { chat } = await serve({
        recordings: [asks, says('Wien.')],
        from: { tools: [where, look], lastRole: 'any' },
        run: (model, history, config) =>
          history.length === 1
            ? runTools(model, [where, look]).stream$(history, config)
            : concat(of(here), model.stream$('Where?', config)),
      });
      const page = chat();
      await page.sendMessage({ text: 'Where am I?' });
      await page.sendMessage();
      expect(page.messages).toHaveLength(2);
      expect(page.parts.slice(2)).toMatchObject([
        { type: 'tool-where', state: 'output-available', output: { city: 'Wien' } },
        { type: 'tool-look', state: 'output-available' },
        { type: 'step-start' },
        { type: 'text', text: 'Wien.' },
      ]);
    });
  });

  it('keeps what the provider has run, and its citations, for the next question', async () => {
    const content = [
      {
        block: {
          type: 'server_tool_use',
          id: 'srvtoolu_1',
          name: 'web_search',
          input: { query: 'a' },
        },
      },
      {
        block: {
          type: 'web_search_tool_result',
          tool_use_id: 'srvtoolu_1',
          content: [
            {
              ...{ type: 'web_search_result', url: 'https://a.test/', title: 'A' },
              ...{ encrypted_content: 'E=', page_age: null },
            },
          ],
        },
      },
      {
        block: {
          type: 'text',
          text: 'So it is.',
          citations: [
            {
              ...{ type: 'web_search_result_location', url: 'https://a.test/', title: 'A' },
              ...{ encrypted_index: 'I=', cited_text: 'so' },
            },
          ],
        },
      },
    ];
    const search = { type: 'web_search_20250305', name: 'web_search' };
    const { chat, sent } = await serve({
      recordings: [recordingOf({ content }), says('Sure.'), says('Yes.')],
      run: (model, history, config) => runTools(model, [search]).stream$(history, config),
    });
    const page = chat();
    await page.sendMessage({ text: 'Is it so?' });
    expect(page.parts.map(({ type }) => type)).toEqual([
      'step-start',
      'tool-web_search',
      'data-rxlm-block',
      'text',
      'source-url',
    ]);
    expect(page.parts[1]).toMatchObject({ state: 'output-available', providerExecuted: true });
    await page.sendMessage({ text: 'Sure?' });
    const reloaded = chat({ messages: stored(page) });
    await reloaded.sendMessage({ text: 'Really?' });
    expect(reloaded.parts.at(-1)).toMatchObject({ text: 'Yes.' });
    expect(sent()[1]?.[1]?.content).toEqual(content.map(({ block }) => block));
    expect(sent()[2]?.slice(0, 3)).toEqual(sent()[1]);
  });

  it('closes the provider’s socket when the user stops, and goes on from what there is', async () => {
    const { chat, provider, sent } = await serve({
      recordings: [
        recordingOf({
          content: [
            { text: ['I look', ...Array<string>(200).fill(' far')] },
            { tool: 'look', id: 'toolu_1', input: {} },
          ],
        }),
        says('Fine.'),
      ],
      playback: { delayMs: 20 },
      from: { tools: [look] },
      run: (model, history, config) => runTools(model, [look]).stream$(history, config),
    });
    const page = chat();
    const asked = page.sendMessage({ text: 'Look.' });
    while (!JSON.stringify(page.parts).includes('I look')) await turn();
    await page.stop();
    await asked;
    expect(page.status).toBe('ready');
    expect(await provider.requests[0]!.closed).toMatchObject({ by: 'client' });
    await page.sendMessage({ text: 'Go on.' });
    expect(page.parts.at(-1)).toMatchObject({ text: 'Fine.' });
    expect(sent()[1]).toMatchObject([
      { content: 'Look.' },
      { role: 'assistant' },
      { content: 'Go on.' },
    ]);
  });

  it('takes images of the user and of an answer', async () => {
    const PIXEL =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const url = `data:image/png;base64,${PIXEL}`;
    const draw = tool({
      name: 'draw',
      schema: z.object({}),
      func: () => [
        { type: 'text', text: 'Drawn.' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PIXEL } },
      ],
    });
    const { chat, sent } = await serve({
      recordings: [
        recordingOf({ content: [{ tool: 'draw', id: 'toolu_1', input: {} }] }),
        says('There.'),
        says('Blue.'),
      ],
      from: { tools: [draw] },
      run: (model, history, config) => runTools(model, [draw]).stream$(history, config),
    });
    const page = chat();
    await page.sendMessage({
      text: 'As this.',
      files: [{ type: 'file', mediaType: 'image/png', url }],
    });
    await page.sendMessage({ text: 'Its colour?' });
    expect([page.status, page.error]).toEqual(['ready', undefined]);
    const image = {
      type: 'image',
      source: { type: 'base64', media_type: 'image/png', data: PIXEL },
    };
    expect(sent()[2]?.slice(0, 3)).toEqual([
      { role: 'user', content: [image, { type: 'text', text: 'As this.' }] },
      expect.objectContaining({ role: 'assistant' }),
      {
        role: 'user',
        content: [
          {
            ...{ type: 'tool_result', tool_use_id: 'toolu_1' },
            content: [{ type: 'text', text: 'Drawn.' }, image],
          },
        ],
      },
    ]);
  });

  it('shows what a tool emits on its way, and replaces it', async () => {
    const count = tool({
      name: 'count',
      schema: z.object({}),
      func: async function* (_, config) {
        for (const n of [1, 2]) {
          dispatchCustomEvent('step', n, config);
          yield { n };
          await turn();
        }
        return { n: 'done' };
      },
    });
    const { chat, sent } = await serve({
      recordings: [
        recordingOf({
          content: [
            { tool: 'count', id: 'toolu_1', input: {} },
            { tool: 'count', id: 'toolu_2', input: {} },
          ],
        }),
        says('Counted.'),
        says('Two.'),
      ],
      from: { tools: [count] },
      to: {
        toolProgress: true,
        customEvents: { step: (data, call) => ({ id: call?.toolCallId ?? '', data }) },
      },
      run: (model, history, config) => runTools(model, [count]).events$(history, config),
    });
    const page = chat();
    await page.sendMessage({ text: 'Count.' });
    const outputs = page.shown.flatMap(({ parts }) =>
      parts.flatMap((part) =>
        'toolCallId' in part && part.state === 'output-available'
          ? [`${part.toolCallId} ${String(part.preliminary)} ${JSON.stringify(part.output)}`]
          : [],
      ),
    );
    expect([...new Set(outputs)].filter((each) => each.startsWith('toolu_2'))).toEqual([
      'toolu_2 true {"n":1}',
      'toolu_2 true {"n":2}',
      'toolu_2 undefined {"n":"done"}',
    ]);
    expect(page.parts).toMatchObject([
      { type: 'step-start' },
      { type: 'tool-count', state: 'output-available', output: { n: 'done' } },
      { type: 'tool-count', state: 'output-available', output: { n: 'done' } },
      { type: 'data-step', id: 'toolu_1', data: 2 },
      { type: 'data-step', id: 'toolu_2', data: 2 },
      { type: 'step-start' },
      { type: 'text', text: 'Counted.' },
    ]);
    expect(page.parts[1]).not.toHaveProperty('preliminary');
    await page.sendMessage({ text: 'How many?' });
    expect(page.parts.at(-1)).toMatchObject({ text: 'Two.' });
    expect(sent()[2]?.[2]?.content).toMatchObject([
      { tool_use_id: 'toolu_1', content: '{"n":"done"}' },
      { tool_use_id: 'toolu_2', content: '{"n":"done"}' },
    ]);
  });

  it('keeps reasoning with its signature over turns and questions', async () => {
    const thinks = (text: string, ...more: Parameters<typeof recordingOf>[0]['content'] & object) =>
      recordingOf({ content: [{ thinking: [text, '…'], signature: `${text}+/=` }, ...more] });
    const { chat, sent } = await serve({
      recordings: [
        thinks('one', { tool: 'look', id: 'toolu_1', input: {} }),
        thinks('two', { text: 'A.' }),
        thinks('three', { text: 'B.' }),
        says('C.'),
      ],
      from: { tools: [look] },
      run: (model, history, config) => runTools(model, [look]).stream$(history, config),
    });
    let page = chat();
    for (const text of ['1', '2', '3']) {
      page = chat({ messages: stored(page) });
      await page.sendMessage({ text });
    }
    expect(page.parts.at(-1)).toMatchObject({ text: 'C.' });
    const thoughts = sent()[3]?.flatMap(({ content }) =>
      (Array.isArray(content) ? (content as { type: string }[]) : []).filter(
        ({ type }) => type === 'thinking',
      ),
    );
    expect(thoughts).toEqual(
      ['one', 'two', 'three'].map((text) => ({
        ...{ type: 'thinking', thinking: `${text}…`, signature: `${text}+/=` },
      })),
    );
  });

  it('shows a safe text of an error, and goes on afterwards', async () => {
    const heard: unknown[] = [];
    const { chat, sent } = await serve({
      recordings: [
        {
          status: 529,
          body: { type: 'error', error: { type: 'overloaded_error', message: 'secret' } },
        },
        says('Here.'),
      ],
      to: { onError: (error) => heard.push(error) },
      run: (model, history, config) => model.stream$([...history], config),
    });
    const page = chat();
    await page.sendMessage({ text: 'Hi' });
    expect(page.error?.message).toBe('The model is overloaded just now. Try again later.');
    expect(heard).toMatchObject([{ code: 'overloaded' }]);
    await page.regenerate();
    expect([page.error, page.parts.at(-1)]).toMatchObject([undefined, { text: 'Here.' }]);
    expect(sent()[1]).toEqual([{ role: 'user', content: 'Hi' }]);
  });

  it('shows that a tool has failed, and not why', async () => {
    const fails = tool({
      name: 'fails',
      schema: z.object({}),
      func: () => {
        throw new Error('secret');
      },
    });
    const { chat, sent } = await serve({
      recordings: [
        recordingOf({ content: [{ tool: 'fails', id: 'toolu_1', input: {} }] }),
        says('Sorry.'),
        says('No.'),
      ],
      from: { tools: [fails] },
      run: (model, history, config) => runTools(model, [fails]).stream$(history, config),
    });
    const page = chat();
    await page.sendMessage({ text: 'Try.' });
    await page.sendMessage({ text: 'Again?' });
    expect(page.messages[1]?.parts[1]).toMatchObject({
      ...{ state: 'output-error', errorText: 'The tool has failed.' },
    });
    expect(JSON.stringify([page.messages, sent()])).not.toContain('secret');
    expect(page.parts.at(-1)).toMatchObject({ text: 'No.' });
  });
});

/** What a page keeps, and has again when it is loaded. */
function stored({ messages }: PageChat): PageChat['messages'] {
  return JSON.parse(JSON.stringify(messages)) as PageChat['messages'];
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
