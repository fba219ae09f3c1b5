import { StringOutputParser as LangChainParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate as LangChainPrompt } from '@langchain/core/prompts';
import { expectTypeOf } from 'expect-type';
import { concat, from, lastValueFrom, NEVER, of, take, throwError, toArray } from 'rxjs';
import {
  AIMessage,
  AIMessageChunk,
  ChatPromptTemplate,
  lambda,
  type RunnableSequence,
  StringOutputParser,
} from 'rxlm';
import { type AIMessageChunkFields } from '../../lib/messages/ai-message-chunk.js';
import { type TemplateValue } from '../../lib/prompts/template-variables.js';
import {
  comparableRuns,
  langChainRuns,
  LangChainStream,
  langChainValues,
} from '../support/langchain';
import { marbles } from '../support/marbles';
import { FakeStream, saying } from '../support/models';
import { faultsOf, recordRun, watch } from '../support/run-events';

const parser = new StringOutputParser();

/** An answer as Anthropic streams it: usage first, text, the stop reason last. */
const answer: (AIMessageChunkFields & { content: string })[] = [
  { content: '', usage_metadata: { input_tokens: 2, output_tokens: 1, total_tokens: 3 } },
  { content: 'gold' },
  { content: 'fish' },
  { content: '', response_metadata: { stop_reason: 'end_turn' } },
];
const model = new FakeStream(() => answer.map((fields) => new AIMessageChunk(fields)));

describe('StringOutputParser', () => {
  it('gives the text of each chunk as it comes', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const chunks = {
        a: new AIMessageChunk('gold'),
        b: new AIMessageChunk({ content: [{ type: 'text', text: 'fish', index: 0 }] }),
      };
      const source$ = cold('  -a-b-|', chunks);
      const subscriptions = ' ^----!';
      const expected = '      -g-f-|';
      const chain = new FakeStream(() => source$).pipe(parser);
      expectObservable(chain.stream$('Hi')).toBe(expected, { g: 'gold', f: 'fish' });
      expectSubscriptions(source$.subscriptions).toBe(subscriptions);
    });
  });

  it('passes an error on after the texts before it', () => {
    const error = new Error('cut');
    const recorded = recordRun(
      new FakeStream(() =>
        concat(
          of('gold'),
          throwError(() => error),
        ),
      ).pipe(parser),
      'Hi',
    );
    expect(recorded.values).toEqual(['gold']);
    expect(recorded.ended).toEqual({ error });
    expect(recorded.events.find(({ event }) => event === 'on_parser_error')?.data).toMatchObject({
      output: 'gold',
      input: { content: 'gold' },
    });
    expect(faultsOf(recorded.events)).toEqual([]);
  });

  it('[2] unsubscribes from its source when it is left', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-a-b-c-|');
      const left = '                ^---!';
      const chain = new FakeStream(() => source$).pipe(parser);
      expectObservable(chain.stream$('Hi'), left).toBe('-a-b');
      expectSubscriptions(source$.subscriptions).toBe(left);
    });
  });

  it('stops a synchronous source as soon as its listener has had enough', () => {
    let made = 0;
    const endless = new FakeStream(function* () {
      for (;;) yield String(made++);
    } as never);
    expect(watch(endless.pipe(parser).stream$('Hi').pipe(take(3))).values).toEqual(['0', '1', '2']);
    expect(made).toBe(3);
  });

  it('[8] starts with the first chunk of the answer, and is cancelled with it', () => {
    const recorded = recordRun(new FakeStream(() => concat(of('gold'), NEVER)).pipe(parser), 'Hi');
    recorded.leave();
    expect(recorded.story()).toEqual([
      'chain_start RunnableSequence',
      'chat_model_start FakeStream',
      'chat_model_stream FakeStream',
      'parser_start StrOutputParser',
      'parser_stream StrOutputParser',
      'chain_stream RunnableSequence',
      'chat_model_cancel FakeStream',
      'parser_cancel StrOutputParser',
      'chain_cancel RunnableSequence',
    ]);
  });

  it('gives empty text for reasoning, tool calls and what it does not know, and never throws', () => {
    const contents = [
      { type: 'thinking', thinking: 'Hm.', index: 0 },
      { type: 'redacted_thinking', data: 'xx', index: 1 },
      { type: 'text', text: 'gold', index: 2 },
      { type: 'tool_use', id: '1', name: 'swim', input: '', index: 3 },
      { type: 'input_json_delta', input: '{}', index: 3 },
      { type: 'image_url', image_url: 'x', index: 4 },
      { type: 'of_tomorrow', text: 'fish', index: 5 },
    ];
    const chunks = contents.map((block) => new AIMessageChunk({ content: [block] }));
    const { values, ended } = watch(new FakeStream(() => chunks).pipe(parser).stream$('Hi'));
    expect(values).toEqual(['', '', 'gold', '', '', '', '']);
    expect(ended).toBe('complete');
  });

  it('[13] gives with invoke what its texts make together', async () => {
    const chain = model.pipe(parser);
    const texts = await lastValueFrom(chain.stream$('Hi').pipe(toArray()));
    expect(texts).toEqual(['', 'gold', 'fish', '']);
    expect(await chain.invoke('Hi')).toBe(texts.join(''));
  });

  it('takes a whole message or text', async () => {
    expect(await parser.invoke('goldfish')).toBe('goldfish');
    expect(await parser.invoke(new AIMessage('goldfish'))).toBe('goldfish');
  });

  it('gives empty text if nothing comes', async () => {
    const nothing = lambda(() => from<AIMessageChunk[]>([]));
    const recorded = recordRun(nothing.pipe(parser), '');
    expect(recorded.values).toEqual([]);
    expect(recorded.events.find(({ event }) => event === 'on_parser_end')?.data).toEqual({
      output: '',
    });
    expect(await nothing.pipe(parser).invoke('')).toBe('');
  });

  it('says what it takes', async () => {
    const error = new TypeError('StrOutputParser takes text or messages, got 42');
    expect(() => parser.stream$(42 as never)).toThrow(error);
    await expect(parser.invoke(42 as never)).rejects.toThrow(error);
    const chain = lambda(() => of(42)).pipe(parser as never);
    expect(watch(chain.stream$('')).ended).toEqual({ error });
  });

  it('[7] streams and reports what LangChain does', async () => {
    const ours = ChatPromptTemplate.fromMessages([['human', '{q}']])
      .pipe(model)
      .pipe(parser);
    const theirs = LangChainPrompt.fromMessages([['human', '{q}']])
      .pipe(new LangChainStream(...(answer as never[])))
      .pipe(new LangChainParser());
    const input = { q: 'Hi' };
    expect(await lastValueFrom(ours.stream$(input).pipe(toArray()))).toEqual(
      await langChainValues(theirs, input),
    );
    expect(comparableRuns(await lastValueFrom(ours.events$(input).pipe(toArray())))).toEqual(
      await langChainRuns(theirs, input),
    );
  });

  it('[7] reports alone what LangChain does, and its text', async () => {
    const events = await lastValueFrom(parser.events$('goldfish').pipe(toArray()));
    expect(events.map(({ event, data }) => [event, data])).toEqual([
      ['on_parser_start', { input: 'goldfish' }],
      ['on_parser_stream', { chunk: 'goldfish' }],
      ['on_parser_end', { output: 'goldfish' }],
    ]);
    expect(comparableRuns(events.filter(({ event }) => event !== 'on_parser_stream'))).toEqual(
      await langChainRuns(new LangChainParser(), 'goldfish'),
    );
  });

  it('is text as a type', () => {
    const chain = ChatPromptTemplate.fromTemplate('{q}').pipe(saying()).pipe(parser);
    expectTypeOf(chain).toEqualTypeOf<RunnableSequence<{ q: TemplateValue }, string, string>>();
  });
});
