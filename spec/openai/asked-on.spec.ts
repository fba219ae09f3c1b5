import { basename } from 'node:path';
import { type AIMessage, type ChatModel, HumanMessage, ToolMessage } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { ChatOpenAI } from 'rxlm/openai';
import { readRecording, splitMessages } from '../../lib/testing/anthropic/recording';
import { goldfishJs } from '../../lib/testing/anthropic/recordings/goldfish';
import { GOOD } from '../../lib/testing/anthropic/recordings/good-answer';
import { startReplayServer } from '../../lib/testing/anthropic/replay-server';
import { startOpenAIServer } from '../../lib/testing/openai/openai-server';
import { chatStream, namedStream } from '../support/decode-stream';
import { realRecordings } from '../testing/real-recordings';

type Api = 'chat' | 'responses';
const APIS: readonly Api[] = ['chat', 'responses'];
const anthropic = (baseURL: string): ChatModel =>
  new ChatAnthropic({ model: 'claude-sonnet-4-6', baseURL, apiKey: 'k', maxRetries: 0 });
const openai = (baseURL: string, api: Api): ChatModel =>
  new ChatOpenAI({ model: 'gpt-x', baseURL, api, apiKey: 'k', maxRetries: 0 });

const TEXT: Record<Api, string> = {
  chat: chatStream({ choices: [{ delta: { content: 'Hi' }, finish_reason: 'stop' }] }, '[DONE]'),
  responses: namedStream(
    { type: 'response.output_text.delta', output_index: 0, delta: 'Hi' } as never,
    { type: 'response.completed', response: { id: 'r' } } as never,
  ),
};
const thought = {
  id: 'rs_1',
  type: 'reasoning',
  summary: [{ type: 'summary_text', text: 'Hm' }],
  encrypted_content: 'E',
};
const call = {
  id: 'fc_1',
  type: 'function_call',
  call_id: 'call_1',
  name: 'w',
  arguments: '{"a":1}',
};
const ASKS: Record<Api, string> = {
  chat: chatStream(
    { choices: [{ delta: { reasoning: 'Hm' } }] },
    {
      choices: [
        {
          delta: {
            tool_calls: [{ index: 0, id: 'call_1', function: { name: 'w', arguments: '{"a":1}' } }],
          },
          finish_reason: 'tool_calls',
        },
      ],
    },
    '[DONE]',
  ),
  responses: namedStream(
    { type: 'response.output_item.done', output_index: 0, item: thought } as never,
    { type: 'response.output_item.done', output_index: 1, item: call } as never,
    { type: 'response.completed', response: { id: 'r' } } as never,
  ),
};

/** A conversation that goes on behind an answer, with the results of its calls. */
const goOn = (answer: AIMessage) => [
  new HumanMessage('First'),
  answer,
  ...answer.tool_calls.map(({ id }) => new ToolMessage({ content: '3', tool_call_id: id ?? '' })),
  new HumanMessage('And then?'),
];

const recordings = [
  { name: 'goldfish', messages: [goldfishJs] },
  { name: 'good', messages: [GOOD] },
  ...realRecordings().map((path) => ({
    name: basename(path),
    messages: splitMessages(readRecording(path)),
  })),
];

describe('an answer of one provider, asked on at another', () => {
  it.each(recordings)("of Anthropic's, $name, at OpenAI and back", async ({ messages }) => {
    const replay = await startReplayServer({ recordings: messages });
    const back = await startReplayServer({ strict: true, recordings: [GOOD], cycle: true });
    const other = await startOpenAIServer({
      strict: true,
      answers: ({ path }) => TEXT[path.endsWith('responses') ? 'responses' : 'chat'],
    });
    for (const _ of messages) {
      const answer = await anthropic(replay.url).invoke('First');
      for (const api of APIS) {
        const asked = goOn(answer);
        const next = await openai(other.url, api).invoke(asked);
        expect(next.text).toBe('Hi');
        const whole = [...asked, next, new HumanMessage('Well?')];
        expect((await anthropic(back.url).invoke(whole)).text).not.toBe('');
        expect((await openai(other.url, api).invoke(JSON.parse(JSON.stringify(whole)))).text).toBe(
          'Hi',
        );
      }
    }
    await Promise.all([replay.close(), back.close(), other.close()]);
  });

  it.each(APIS)("of OpenAI's by %s, at Anthropic and back", async (api) => {
    const server = await startOpenAIServer({
      strict: true,
      answers: [ASKS[api], TEXT[api], TEXT.chat, TEXT.responses],
    });
    const back = await startReplayServer({ strict: true, recordings: [GOOD], cycle: true });
    const model = openai(server.url, api);
    const asked = goOn(await model.invoke('First'));
    expect(asked).toHaveLength(4);
    const next = await model.invoke(asked);
    const whole = [...asked, next, new HumanMessage('Well?')];
    const answer = await anthropic(back.url).invoke(whole);
    expect(answer.text).not.toBe('');
    for (const again of APIS)
      expect((await openai(server.url, again).invoke([...whole, answer, 'So?'])).text).toBe('Hi');
    // Its own reasoning went back whole, before its call.
    const sent = JSON.stringify(server.requests[1]?.body);
    expect(sent.includes('"encrypted_content":"E"')).toBe(api === 'responses');
    await Promise.all([server.close(), back.close()]);
  });
});
