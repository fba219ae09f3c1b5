import {
  DefaultChatTransport,
  lastAssistantMessageIsCompleteWithApprovalResponses,
  lastAssistantMessageIsCompleteWithToolCalls,
  readUIMessageStream,
  type UIMessage,
} from 'ai';
import { recordingOf } from '../../lib/testing/anthropic/make-recording';
import { startReplayServer } from '../../lib/testing/anthropic/replay-server';
import { PageChat, settled } from '../support/page-chat';
import { startSampleServer } from '../support/sample-server';

jest.setTimeout(60_000);

const user = (text: string): UIMessage => ({
  id: text,
  role: 'user',
  parts: [{ type: 'text', text }],
});

describe('samples/frameworks/use-chat, read by the AI SDK’s own client', () => {
  it('streams an agent, and goes on with the conversation that the client sends back', async () => {
    const provider = await startReplayServer({
      strict: true,
      recordings: [
        recordingOf({
          content: [{ text: ['I ', 'look.'] }, { tool: 'depth', input: { sea: 'Lunar Sea' } }],
        }),
        recordingOf({ tokens: ['It ', 'is dry.'] }),
        recordingOf({ tokens: ['Still ', 'dry.'] }),
      ],
    });
    const server = await startSampleServer('samples/frameworks/use-chat.ts', {
      ANTHROPIC_BASE_URL: provider.url,
    });
    const transport = new DefaultChatTransport({ api: `${server.url}/api/chat` });
    const ask = async (messages: UIMessage[]) => {
      const stream = await transport.sendMessages({
        chatId: '1',
        messageId: undefined,
        messages,
        trigger: 'submit-message',
        abortSignal: undefined,
      });
      const states: UIMessage[] = [];
      for await (const message of readUIMessageStream({ stream }))
        states.push(structuredClone(message));
      return states;
    };

    const states = await ask([user('How deep?')]);
    const answer = states.at(-1)!;
    expect(answer.parts).toMatchObject([
      { type: 'step-start' },
      { type: 'text', text: 'I look.' },
      {
        type: 'tool-depth',
        state: 'output-available',
        input: { sea: 'Lunar Sea' },
        output: { sea: 'Lunar Sea', metres: 0 },
      },
      { type: 'step-start' },
      { type: 'text', text: 'It is dry.' },
    ]);
    // It grew before their eyes.
    expect(states.map(({ parts }) => parts.find(({ type }) => type === 'text'))).toContainEqual(
      expect.objectContaining({ text: 'I ' }),
    );

    const again = await ask([user('How deep?'), answer, user('And now?')]);
    expect(again.at(-1)!.parts.at(-1)).toMatchObject({ text: 'Still dry.' });
    const { messages } = provider.requests[2]!.body as { messages: unknown };
    expect(messages).toMatchObject([
      { role: 'user', content: 'How deep?' },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'I look.' },
          { type: 'tool_use', name: 'depth', input: { sea: 'Lunar Sea' } },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result' }] },
      { role: 'assistant', content: 'It is dry.' },
      { role: 'user', content: 'And now?' },
    ]);

    const refused = await fetch(`${server.url}/api/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(refused.status).toBe(400);
    await server.close();
    await provider.close();
  });
});

describe('samples/frameworks/use-chat-approvals, with the AI SDK’s own client', () => {
  it('asks for approval, lets the page run its tool, and goes on with both', async () => {
    const provider = await startReplayServer({
      strict: true,
      recordings: [
        recordingOf({
          content: [
            { tool: 'pay', id: 'toolu_1', input: { amount: 5 } },
            { tool: 'pay', id: 'toolu_2', input: { amount: 7 } },
            { tool: 'where', id: 'toolu_3', input: {} },
          ],
        }),
        recordingOf({ tokens: ['Paid ', 'five.'] }),
      ],
    });
    const server = await startSampleServer('samples/frameworks/use-chat-approvals.ts', {
      ANTHROPIC_BASE_URL: provider.url,
    });
    const page = new PageChat({
      transport: new DefaultChatTransport({ api: `${server.url}/api/chat` }),
      sendAutomaticallyWhen: (chat) =>
        lastAssistantMessageIsCompleteWithApprovalResponses(chat) ||
        lastAssistantMessageIsCompleteWithToolCalls(chat),
    });
    await page.sendMessage({ text: 'Pay.' });
    expect(page.parts.map((part) => ('state' in part ? part.state : part.type))).toEqual([
      ...['step-start', 'approval-requested', 'approval-requested', 'input-available'],
    ]);
    await page.addToolOutput({ tool: 'where', toolCallId: 'toolu_3', output: { city: 'Graz' } });
    await page.addToolApprovalResponse({ id: 'toolu_1', approved: true });
    await page.addToolApprovalResponse({ id: 'toolu_2', approved: false, reason: 'No.' });
    await settled(page);
    expect([page.status, page.error]).toEqual(['ready', undefined]);
    expect(page.parts.at(-1)).toMatchObject({ text: 'Paid five.' });
    const { messages } = provider.requests[1]!.body as { messages: unknown[] };
    expect(messages.at(-1)).toMatchObject({
      content: [
        { tool_use_id: 'toolu_1', content: '{"paid":5}' },
        { tool_use_id: 'toolu_2', content: 'The call was denied. No.', is_error: true },
        { tool_use_id: 'toolu_3', content: '{"city":"Graz"}' },
      ],
    });
    await server.close();
    await provider.close();
  });
});
