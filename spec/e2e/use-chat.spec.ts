import { DefaultChatTransport, readUIMessageStream, type UIMessage } from 'ai';
import { recordingOf } from '../../lib/testing/anthropic/recording-of';
import { startReplayServer } from '../../lib/testing/anthropic/replay-server';
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
