import type { LanguageModelV3 } from '@ai-sdk/provider';
import type { LanguageModelV2 } from 'ai-sdk-provider-v2';
import type { LanguageModelV4 } from 'ai-sdk-provider-v4';
import { MockLanguageModelV3, simulateReadableStream } from 'ai/test';
import { expectTypeOf } from 'expect-type';
import { lastValueFrom, take, toArray } from 'rxjs';
import { type ChatModel, runTools, tool } from 'rxlm';
import { type AiSdkCallOptions, type AiSdkLanguageModel, fromAiSdk } from 'rxlm/ai-sdk';
import { partsOf, sdkModel } from '../support/sdk-parts';

describe('fromAiSdk', () => {
  it('takes the models of three specifications, by their types', () => {
    expectTypeOf<LanguageModelV2>().toExtend<AiSdkLanguageModel>();
    expectTypeOf<LanguageModelV3>().toExtend<AiSdkLanguageModel>();
    expectTypeOf<LanguageModelV4>().toExtend<AiSdkLanguageModel>();
    expectTypeOf(fromAiSdk).returns.toEqualTypeOf<ChatModel<AiSdkCallOptions>>();
  });

  it.each([
    ['gpt-5', /got the id "gpt-5": make it with its provider/],
    [undefined, /takes a language model of the AI SDK, got undefined/],
    [{ doStream: () => undefined, specificationVersion: 'v1' }, /v2, v3 or v4, got "v1"/],
  ])('refuses %j', (model, message) => {
    expect(() => fromAiSdk(model as never)).toThrow(message);
  });

  it('refuses options that are none', () => {
    expect(() => fromAiSdk(sdkModel([[]]), { temprature: 1 } as never)).toThrow(/use temperature/);
    expect(() => fromAiSdk(sdkModel([[]])).bind({ apiKey: 'x' } as never)).toThrow(/has no option/);
    expect(() => fromAiSdk(sdkModel([[]]), { maxRetries: -1 })).toThrow(/maxRetries/);
  });

  it('streams a mock model of the AI SDK, and runs an agent with it', async () => {
    const call = { id: 'a', name: 'add', args: ['{"a":1}'] };
    const streams = [{ calls: [call] }, { text: ['It ', 'is 3'] }].map((answer) => ({
      stream: simulateReadableStream({ chunks: partsOf(answer) as never[], chunkDelayInMs: 1 }),
    }));
    const mock = new MockLanguageModelV3({ provider: 'mock', doStream: streams });
    const add = tool({
      name: 'add',
      description: 'adds',
      schema: { type: 'object', properties: { a: { type: 'number' } } } as never,
      func: () => '3',
    });
    const result = await runTools(fromAiSdk(mock), [add]).invoke('1 + 2?');
    expect([result.output.text, result.steps]).toEqual(['It is 3', 2]);
    expect(mock.doStreamCalls[1]?.prompt).toMatchObject([
      { role: 'user' },
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'a', input: { a: 1 } }] },
      { role: 'tool', content: [{ toolName: 'add', output: { type: 'text', value: '3' } }] },
    ]);
  });

  it('asks nothing before it is subscribed to, and aborts and cancels at once when it is left', async () => {
    const model = sdkModel([partsOf({ text: ['a', 'b', 'c', 'd'] })]);
    const chunks$ = fromAiSdk(model).stream$('Hi');
    expect(model.calls).toHaveLength(0);
    const chunks = await lastValueFrom(chunks$.pipe(take(2), toArray()));
    expect(chunks.map(({ text }) => text)).toEqual(['', 'a']);
    const [call] = model.calls;
    expect(call).toMatchObject({ cancelled: true, pulled: 4 });
    expect(call?.options.abortSignal.aborted).toBe(true);
  });

  it('reads no further than a slow reader', async () => {
    const model = sdkModel([partsOf({ text: Array.from({ length: 500 }, () => 'x') })]);
    for await (const chunk of fromAiSdk(model).stream('Hi')) if (chunk.text !== '') break;
    expect(model.calls[0]?.pulled).toBeLessThan(10);
  });
});
