import { expectTypeOf } from 'expect-type';
import { lastValueFrom, toArray } from 'rxjs';
import {
  AIMessage,
  type AIMessageChunk,
  ChatModel,
  HumanMessage,
  ModelError,
  ParseError,
  type Runnable,
} from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { z } from 'zod';
import type { RawOutput } from '../../../lib/runnables/structured-output/raw-output';
import { withStructuredOutput } from '../../../lib/runnables/structured-output/with-structured-output';
import { type RecordingParts, recordingOf } from '../../../lib/testing/anthropic/make-recording';
import { type ReplayServer, startReplayServer } from '../../../lib/testing/anthropic/replay-server';
import { faultsOf, record } from '../../support/run-events';
import { modelAnswers } from '../../parsers/model-answers';
import { callOf, endOf, ScriptedModel } from '../../support/scripted-model';

const recipe = z.object({
  title: z.string(),
  level: z.enum(['easy', 'hard']),
  steps: z.array(z.string()),
});
const answer = { title: 'Goldfish', level: 'easy' as const, steps: ['Catch', 'Release'] };
const json = JSON.stringify(answer);
const pieces = json.match(/.{1,6}/gs) ?? [];
const call = (input: string[] | object, more: Partial<RecordingParts> = {}): RecordingParts => ({
  content: [{ text: 'I extract.' }, { tool: 'extract', input }],
  ...more,
});
const jsonSchema = { type: 'object', properties: { title: { type: 'string' } } };

const offline = new ChatAnthropic({ model: 'any', apiKey: 'any' });
const errorOf = async (run: Promise<unknown>): Promise<ParseError> => {
  const error: unknown = await run.then(
    () => new Error('it succeeded'),
    (thrown: unknown) => thrown,
  );
  if (ParseError.is(error)) return error;
  throw error;
};
const all = async <C>(runnable: Runnable<string, unknown, C>): Promise<C[]> =>
  lastValueFrom(runnable.stream$('Hi').pipe(toArray()));

describe('withStructuredOutput', () => {
  const servers: ReplayServer[] = [];
  const play = async (parts: RecordingParts) => {
    const server = await startReplayServer({
      strict: true,
      recordings: [recordingOf(parts)],
      cycle: true,
    });
    servers.push(server);
    const model = new ChatAnthropic({
      model: 'claude-3-haiku-20240307',
      apiKey: 'any',
      baseURL: server.url,
      maxRetries: 0,
    });
    return { model, sent: () => server.requests[0]?.body };
  };
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  describe('of a model that thinks', () => {
    const enabled = { type: 'enabled', budget_tokens: 2048 } as const;
    const adaptive = { type: 'adaptive' } as const;

    it.each([
      ['bound, enabled', (model: ChatAnthropic) => model.bind({ thinking: enabled })],
      ['bound, adaptive', (model: ChatAnthropic) => model.bind({ thinking: adaptive }).bind({})],
      [
        'as a field',
        (model: ChatAnthropic) => model.bind({ invocationKwargs: { thinking: enabled } }),
      ],
    ])('takes the native format by itself: %s', async (_, bind) => {
      const { model, sent } = await play({ content: [{ text: json }] });
      const bound = bind(model).bind({ outputConfig: { effort: 'low' } });
      expect(await withStructuredOutput(bound, recipe).invoke('Hi')).toEqual(answer);
      expect(sent()).toMatchObject({
        output_config: { effort: 'low', format: { type: 'json_schema' } },
      });
      expect(sent()).not.toHaveProperty('tool_choice');
    });

    it('does so for one that is made to think, and not for one that is bound not to', () => {
      const model = new ChatAnthropic({ model: 'any', apiKey: 'any', thinking: enabled });
      const method = (bound: ChatModel<never>) => bound.structuredOutputMethod();
      expect(method(model)).toBe('json_schema');
      expect(method(model.bind({ thinking: { type: 'disabled' } }))).toBe('tool');
      expect(method(new ScriptedModel([]))).toBe('tool');
    });

    it('names both where it is asked to force a tool', async () => {
      const model = offline.bind({ thinking: adaptive });
      await expect(
        withStructuredOutput(model, recipe, { method: 'tool' }).invoke('Hi'),
      ).rejects.toThrow(
        /toolChoice must not force a tool \("extract"\) beside thinking \("adaptive"\).*method: 'json_schema'/,
      );
    });
  });

  describe('by a tool', () => {
    it('gives the value of a streamed call', async () => {
      const { model, sent } = await play(call(pieces));
      expect(await withStructuredOutput(model, recipe).invoke('Hi')).toEqual(answer);
      expect(sent()).toMatchObject({
        tool_choice: { type: 'tool', name: 'extract' },
        tools: [
          {
            name: 'extract',
            input_schema: { type: 'object', required: ['title', 'level', 'steps'] },
          },
        ],
      });
    });

    it('emits the value while it grows, each a beginning of the next', async () => {
      const { model } = await play(call(pieces));
      const values = await all(withStructuredOutput(model, recipe));
      expect(values.length).toBeGreaterThan(8);
      expect(values.at(-1)).toEqual(answer);
      expect(values).toContainEqual({ title: 'Goldfish', level: 'e' });
      expect(values).toContainEqual({ title: 'Goldfish', level: 'easy', steps: ['Catch', 'R'] });
      const titles = values.map(({ title = '' }) => title);
      for (const [n, title] of titles.entries()) {
        expect(title.startsWith(titles[n - 1] ?? '')).toBe(true);
      }
    });

    it('reports it as a sequence of model and parser', async () => {
      const { model } = await play(call(pieces));
      const { events, listener } = record();
      const value = await withStructuredOutput(model, recipe).invoke('Hi', {
        listeners: [listener],
      });
      expect(faultsOf(events)).toEqual([]);
      const ends = events.filter(({ event }) => event.endsWith('_end'));
      expect(ends.map(({ event, name }) => `${event} ${name}`)).toEqual([
        'on_chat_model_end ChatAnthropic',
        'on_parser_end StructuredOutputParser',
        'on_chain_end RunnableSequence',
      ]);
      expect(ends.at(-1)?.data).toEqual({ output: value });
    });

    it('uses the given name of the tool, and the description of its schema', async () => {
      const { model, sent } = await play({ content: [{ tool: 'save', input: { a: 1 } }] });
      const schema = z.object({ a: z.number() }).describe('Saves it.');
      const value = await withStructuredOutput(model, schema, { name: 'save' }).invoke('Hi');
      expect(value).toEqual({ a: 1 });
      expect(sent()).toMatchObject({
        tool_choice: { name: 'save' },
        tools: [{ name: 'save', description: 'Saves it.' }],
      });
    });

    it('gives what the schema makes of the answer', async () => {
      const { model } = await play(call({ title: 'gold' }));
      const schema = z.object({
        title: z.string().transform((title) => title.length),
        tags: z.array(z.string()).default([]),
      });
      expect(await withStructuredOutput(model, schema).invoke('Hi')).toEqual({
        title: 4,
        tags: [],
      });
    });

    it('keeps the tools of the model, and offers its own beside them', async () => {
      const { model, sent } = await play(call(pieces));
      const add = { name: 'add', schema: { type: 'object' } };
      expect(await withStructuredOutput(model.bindTools([add]), recipe).invoke('Hi')).toEqual(
        answer,
      );
      expect(sent()).toMatchObject({
        tool_choice: { type: 'tool', name: 'extract' },
        tools: [{ name: 'add' }, { name: 'extract' }],
      });
      const { parameters, ...taken } = { name: 'extract', parameters: { type: 'object' } };
      for (const tool of [
        { ...taken, schema: parameters },
        { type: 'function', function: { ...taken, parameters } },
      ]) {
        expect(() => withStructuredOutput(model.bindTools([tool]), recipe)).toThrow(
          'a tool of the model is named "extract" already',
        );
      }
    });

    it('refuses a union at the root, and says what to do', () => {
      const union = z.union([recipe, z.object({ none: z.string() })]);
      expect(() => withStructuredOutput(offline, union)).toThrow(
        /anyOf at its root.*make that a property/,
      );
    });

    it('waits for a check that has to', async () => {
      const { model } = await play(call({ title: 'gold' }));
      const schema = z.object({
        title: z.string().refine(async () => Promise.resolve(false), 'No'),
      });
      expect(await errorOf(withStructuredOutput(model, schema).invoke('Hi'))).toMatchObject({
        code: 'schema_mismatch',
      });
    });

    it('takes a model that does not stream', async () => {
      class Whole extends ChatModel {
        protected override generate() {
          const tool_calls = [callOf('a', 'extract', answer)];
          return Promise.resolve(new AIMessage({ content: '', tool_calls }));
        }
      }
      expect(await withStructuredOutput(new Whole(), recipe).invoke('Hi')).toEqual(answer);
    });

    it.each([
      [
        'cut off',
        'length',
        call([json.slice(0, 30)], { stopReason: 'max_tokens' }),
        json.slice(0, 30),
      ],
      ['malformed', 'not_json', call([`${json}}`]), `${json}}`],
      ['in prose', 'not_json', { tokens: ['I would ', 'rather not.'] }, 'I would rather not.'],
      ['refused', 'content_filter', { stopReason: 'refusal' }, ''],
    ])('fails for an answer that is %s with %s', async (_, code, parts, text) => {
      const { model } = await play(parts);
      const error = await errorOf(withStructuredOutput(model, recipe).invoke('Hi'));
      expect(error).toMatchObject({ code, text });
      if (text !== '') expect(error.message).not.toContain(text);
    });
  });

  describe('by the output format of the provider', () => {
    it.each([
      [
        'cut off',
        'length',
        { tokens: [json.slice(0, 30)], stopReason: 'max_tokens' },
        /raise maxTokens/,
      ],
      [
        'refused',
        'content_filter',
        { tokens: ['I can'], stopReason: 'refusal' },
        /change the prompt/,
      ],
    ])('fails for an answer that is %s with %s', async (_, code, parts, remedy) => {
      const { model } = await play(parts);
      const native = withStructuredOutput(model, recipe, { method: 'json_schema' });
      const error = await errorOf(native.invoke('Hi'));
      expect(error).toMatchObject({ code, text: parts.tokens[0] });
      expect(error.message).toMatch(remedy);
    });

    it('gives the value of the text', async () => {
      const { model, sent } = await play({ tokens: pieces });
      const native = withStructuredOutput(model, recipe, { method: 'json_schema' });
      const values = await all(native);
      expect(values).toContainEqual({ title: 'Goldfish', level: 'e' });
      expect(values.at(-1)).toEqual(answer);
      expect(sent()).toMatchObject({
        output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
      });
      expect(sent()).not.toHaveProperty('tools');
    });

    it.each(modelAnswers)('finds the value in an answer: %s', async (_, text, value) => {
      const { model } = await play({ tokens: text.match(/.{1,7}/gs) ?? [] });
      const native = withStructuredOutput(model, jsonSchema, { method: 'json_schema' });
      expect(await native.invoke('Hi')).toEqual(value);
    });

    it.each([
      ['cut off', json.slice(0, 30), 'not_json'],
      ['in prose', 'I would rather not.', 'not_json'],
      ['of another schema', '{"title":1}', 'schema_mismatch'],
    ])('fails for an answer that is %s', async (_, text, code) => {
      const { model } = await play({ tokens: [text] });
      const native = withStructuredOutput(model, recipe, { method: 'json_schema' });
      expect(await errorOf(native.invoke('Hi'))).toMatchObject({ code, text });
    });
  });

  it('fails with what does not match the schema', async () => {
    const { model } = await play(call({ title: 1, level: 'easy', steps: [] }));
    const error = await errorOf(withStructuredOutput(model, recipe).invoke('Hi'));
    expect(error).toMatchObject({
      code: 'schema_mismatch',
      text: '{"title":1,"level":"easy","steps":[]}',
      issues: [{ path: ['title'] }],
    });
    expect(error.message).toBe(
      'StructuredOutputParser: the answer does not match the schema: title: Invalid input: expected string, received number',
    );
  });

  it('checks nothing against JSON Schema, unless there is a check', async () => {
    const { model } = await play(call({ title: 1 }));
    expect(await withStructuredOutput(model, jsonSchema).invoke('Hi')).toEqual({ title: 1 });
    const validate = () => ({ issues: [{ message: 'No' }] });
    const checked = withStructuredOutput(model, jsonSchema, { validate });
    expect(await errorOf(checked.invoke('Hi'))).toMatchObject({ code: 'schema_mismatch' });
  });

  describe('with the message', () => {
    it('gives both', async () => {
      const { model } = await play(call(pieces, { usage: { end: { output_tokens: 7 } } }));
      const both = withStructuredOutput(model, recipe, { includeRaw: true });
      const { raw, parsed, parsing_error } = await both.invoke('Hi');
      expect([parsed, parsing_error]).toEqual([answer, undefined]);
      expect(raw.text).toBe('I extract.');
      expect(raw.usage_metadata?.output_tokens).toBe(7);
      const chunks = await all(both);
      expect(chunks.flatMap((chunk) => ('raw' in chunk ? [chunk.raw.text] : [])).join('')).toBe(
        'I extract.',
      );
      expect(chunks).toContainEqual({ parsed: { title: 'Goldfish', level: 'e' } });
    });

    it('gives what is wrong with the answer, and not with the model', async () => {
      const { model } = await play({ tokens: ['No.'] });
      const both = withStructuredOutput(model, recipe, { includeRaw: true });
      expect(await both.invoke('Hi')).toMatchObject({
        raw: { content: 'No.' },
        parsed: null,
        parsing_error: { code: 'not_json', text: 'No.' },
      });
      const { model: broken } = await play({});
      const refused = broken.bind({ headers: { 'x-api-key': null, authorization: null } });
      const failing = withStructuredOutput(refused, recipe, { includeRaw: true });
      const error: unknown = await failing.invoke('Hi').catch((thrown: unknown) => thrown);
      expect(ModelError.is(error)).toBe(true);
    });

    it.each([
      ['a whole call', call(pieces)],
      ['half a call', call([json.slice(0, 30)], { stopReason: 'max_tokens' })],
      ['a refusal', { stopReason: 'refusal' }],
      [
        'two calls',
        {
          content: [
            { tool: 'extract', id: 'a', input: answer },
            { tool: 'extract', id: 'b', input: {} },
          ],
        },
      ],
    ])('[30] gives a message that can be sent back: %s', async (_, parts) => {
      const { model } = await play(parts);
      const { raw } = await withStructuredOutput(model, recipe, { includeRaw: true }).invoke('Hi');
      const history = [new HumanMessage('Hi'), raw, new HumanMessage('Go on.')];
      const data = JSON.parse(JSON.stringify(history)) as typeof history;
      await expect(model.batch([history, data])).resolves.toHaveLength(2);
    });
  });

  it('has the types of the schema', async () => {
    const plain = withStructuredOutput(offline, recipe);
    expectTypeOf(plain.invoke.bind(plain)).returns.resolves.toEqualTypeOf<{
      title: string;
      level: 'easy' | 'hard';
      steps: string[];
    }>();
    type Chunk = typeof plain extends Runnable<never, unknown, infer C> ? C : never;
    expectTypeOf<Chunk>().toEqualTypeOf<{ title?: string; level?: string; steps?: string[] }>();
    const raw = withStructuredOutput(offline, recipe, { includeRaw: true });
    expectTypeOf(raw.invoke.bind(raw)).returns.resolves.toEqualTypeOf<
      RawOutput<z.output<typeof recipe>>
    >();
    const any = withStructuredOutput(offline, jsonSchema);
    expectTypeOf(any.invoke.bind(any)).returns.resolves.toEqualTypeOf<Record<string, unknown>>();
    const said = withStructuredOutput<{ title: string }>(offline, jsonSchema);
    expectTypeOf(said.invoke.bind(said)).returns.resolves.toEqualTypeOf<{ title: string }>();
    const fake = new ScriptedModel([
      endOf([callOf('a', 'extract', answer)]) satisfies AIMessageChunk,
    ]);
    expect(await withStructuredOutput(fake, recipe).invoke('Hi')).toEqual(answer);
  });

  it.each([
    [undefined, recipe, {}, 'withStructuredOutput takes a chat model, got undefined'],
    [offline, recipe, { method: 'json' }, "method must be 'tool' or 'json_schema', got \"json\""],
    [offline, recipe, { name: '' }, 'name must be a non-empty string, got ""'],
    [
      offline,
      z.array(z.string()),
      {},
      'the schema must be one of an object, as the arguments of a call are, and is one of "array": make that a property',
    ],
    [offline, 7, {}, 'the schema must be a Standard Schema or a JSON Schema object, got 7'],
  ])('is a TypeError for what is invalid', (model, schema, options, message) => {
    expect(() => withStructuredOutput(model as never, schema as never, options as never)).toThrow(
      new TypeError(message),
    );
  });
});
