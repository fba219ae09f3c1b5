import { JsonOutputParser as LangChainParser } from '@langchain/core/output_parsers';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import { concat, from, ignoreElements, lastValueFrom, of, take, throwError } from 'rxjs';
import { AIMessage, AIMessageChunk, JsonOutputParser, lambda, ParseError } from 'rxlm';
import type { JsonPatchOperation } from '../../lib/json/json-patch.js';
import { cut, inPieces, isPrefix, jsonText } from '../json/json-texts';
import {
  comparableRuns,
  type ComparableRun,
  langChainRuns,
  LangChainStream,
  langChainValues,
} from '../support/langchain';
import { modelAnswers, otherAnswers } from './model-answers';
import { marbles } from '../support/marbles';
import { FakeStream, saying } from '../support/models';
import { faultsOf, recordRun, watch } from '../support/run-events';

const parser = new JsonOutputParser();
const patches = new JsonOutputParser<unknown, true>({ diff: true });

const valuesOf = (...texts: string[]) =>
  watch(
    saying(...texts)
      .pipe(parser)
      .stream$('Hi'),
  );
const patchesOf = (...texts: string[]) =>
  watch(
    saying(...texts)
      .pipe(patches)
      .stream$('Hi'),
  );

/** An answer with numbers that are whole in their chunk, see the difference below. */
const answer = ['', '{"a": 1,', ' "b": "he', 'llo"', ', "c": [1,', ' 2 ', '], "d": {}', '}', '\n'];

describe('JsonOutputParser', () => {
  it('gives the value so far each time that something shows in it', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  -a-b-c-d-e-|', {
        a: '{"t',
        b: 'itle":"gold',
        c: 'fish"',
        d: ',',
        e: '"n":1}',
      });
      const subscriptions = ' ^----------!';
      const expected = '      -a-b-c---e-|';
      expectObservable(new FakeStream(() => source$).pipe(parser).stream$('Hi')).toBe(expected, {
        a: {},
        b: { title: 'gold' },
        c: { title: 'goldfish' },
        e: { title: 'goldfish', n: 1 },
      });
      expectSubscriptions(source$.subscriptions).toBe(subscriptions);
    });
  });

  it('gives values that never change, and shares what did not', () => {
    const { values } = valuesOf('{"a":["x"],', '"b":"y', 'z"}') as { values: { a: unknown }[] };
    expect(values).toEqual([{ a: ['x'] }, { a: ['x'], b: 'y' }, { a: ['x'], b: 'yz' }]);
    expect(values[2]?.a).toBe(values[0]?.a);
  });

  it('takes JSON in a Markdown fence, with prose around it', () => {
    const fenced = ['Here you', ' are:\n``', '`json\n{"a"', ':"x"}\n```', '\nAnything else?'];
    expect(valuesOf(...fenced)).toMatchObject({ values: [{}, { a: 'x' }], ended: 'complete' });
    expect(valuesOf('```\n[1]\n```').values).toEqual([[1]]);
  });

  describe('of what models write', () => {
    const resultOf = (pieces: readonly string[]) => {
      const { values, ended } = watch(
        lambda(() => from(pieces))
          .pipe(parser)
          .stream$(''),
      );
      return [ended === 'complete' ? values.at(-1) : 'failed'];
    };

    it.each(modelAnswers)('finds the value, at every split: %s', (_title, text, value) => {
      expect(resultOf([text])).toStrictEqual([value]);
      expect(resultOf(text.split(''))).toStrictEqual([value]);
      for (let at = 1; at < text.length; at++)
        expect(resultOf([text.slice(0, at), text.slice(at)])).toStrictEqual([value]);
    });

    it.each(otherAnswers)('does not guess, at any split: %s', (_title, text) => {
      for (let at = 0; at < text.length; at++)
        expect(resultOf([text.slice(0, at), text.slice(at)])).toEqual(['failed']);
    });

    it('finds the value however the text is cut', () => {
      const answers = fc
        .constantFrom(...modelAnswers)
        .chain(([, text, value]) => fc.tuple(inPieces(text), fc.constant(value)));
      fc.assert(
        fc.property(answers, ([pieces, value]) => {
          expect(resultOf(pieces)).toStrictEqual([value]);
        }),
      );
    });
  });

  it('takes line ends in strings if it may', async () => {
    const lenient = new JsonOutputParser({ rawNewlines: true });
    expect(await lenient.invoke('{"a":"x\n\ty"}')).toEqual({ a: 'x\n\ty' });
    await expect(parser.invoke('{"a":"x\ny"}')).rejects.toMatchObject({ code: 'not_json' });
    expect(() => new JsonOutputParser({ rawNewlines: 1 as never })).toThrow(
      new TypeError('rawNewlines must be true or false, got 1'),
    );
  });

  it('passes over reasoning and tool blocks', () => {
    const blocks = [
      { type: 'thinking', thinking: '{"no":', index: 0 },
      { type: 'text', text: '{"a":', index: 1 },
      { type: 'tool_use', id: '1', name: 'f', input: '{"no":1}', index: 2 },
      { type: 'text', text: '"x"}', index: 3 },
    ];
    const model = new FakeStream(() =>
      blocks.map((block) => new AIMessageChunk({ content: [block] })),
    );
    expect(watch(model.pipe(parser).stream$('Hi'))).toMatchObject({
      values: [{}, { a: 'x' }],
      ended: 'complete',
    });
  });

  it('[13] gives with invoke the last value, whatever JSON it is', async () => {
    for (const text of ['{"a":[1,{"b":null}]}', '[]', '"gold"', '12', 'null', ' false ']) {
      const value: unknown = JSON.parse(text);
      const pieces = cut(text, [1]);
      const chain = saying(...pieces).pipe(parser);
      expect(await chain.invoke('Hi')).toEqual(value);
      expect(await lastValueFrom(chain.stream$('Hi'))).toEqual(value);
      expect(await parser.invoke(text)).toEqual(value);
      expect(await parser.invoke(new AIMessage(text))).toEqual(value);
      expect(
        await saying(...pieces)
          .pipe(patches)
          .invoke('Hi'),
      ).toEqual(value);
    }
  });

  it('gives values that begin as the last one does, however the text is cut', async () => {
    const textInPieces = jsonText.chain((text) =>
      inPieces(text).map((pieces) => ({ text, pieces })),
    );
    await fc.assert(
      fc.asyncProperty(textInPieces, async ({ text, pieces }) => {
        const whole: unknown = JSON.parse(text);
        const { values } = valuesOf(...pieces);
        expect(values.at(-1)).toEqual(whole);
        expect(values.filter((value) => !isPrefix(value, whole))).toEqual([]);
        expect(new Set(values.map((value) => JSON.stringify(value))).size).toBe(values.length);
        expect(
          await saying(...pieces)
            .pipe(patches)
            .invoke('Hi'),
        ).toEqual(whole);
      }),
    );
  });

  it('begins anew with another message', async () => {
    const attempts = [
      new AIMessageChunk({ content: '{"a":"x",', id: '1' }),
      new AIMessageChunk({ content: '{"b":', id: '2' }),
      new AIMessageChunk({ content: '"y"}', id: '2' }),
    ];
    const model = new FakeStream(() => attempts);
    const values = [{ a: 'x' }, {}, { b: 'y' }];
    expect(watch(model.pipe(parser).stream$('Hi')).values).toEqual(values);
    expect(await model.pipe(parser).invoke('Hi')).toEqual({ b: 'y' });
    expect(await model.pipe(patches).invoke('Hi')).toEqual({ b: 'y' });
  });

  it('[2] unsubscribes from its source when it is left', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-a-b-c-|', { a: '[', b: '"x"', c: ']' });
      const left = '        ^---!';
      const chain = new FakeStream(() => source$).pipe(parser);
      expectObservable(chain.stream$('Hi'), left).toBe('-a-b', { a: [], b: ['x'] });
      expectSubscriptions(source$.subscriptions).toBe(left);
    });
  });

  it('stops a synchronous source as soon as its listener has had enough', () => {
    let made = 0;
    const endless = new FakeStream(function* () {
      yield '[';
      for (;;) yield `"${String(made++)}",`;
    } as never);
    const { values } = watch(endless.pipe(parser).stream$('Hi').pipe(take(3)));
    expect(values).toEqual([[], ['0'], ['0', '1']]);
    expect(made).toBe(2);
  });

  describe('with diff', () => {
    it('gives what has changed, the first time the whole', () => {
      expect(patchesOf(...answer).values).toEqual([
        [{ op: 'replace', path: '', value: { a: 1 } }],
        [{ op: 'add', path: '/b', value: 'he' }],
        [{ op: 'replace', path: '/b', value: 'hello' }],
        [{ op: 'add', path: '/c', value: [1] }],
        [{ op: 'add', path: '/c/1', value: 2 }],
        [{ op: 'add', path: '/d', value: {} }],
      ]);
    });

    it('gives nothing where nothing has', () => {
      const other = new AIMessageChunk({ content: '{"a":"x"}', id: '2' });
      const model = new FakeStream(() => [
        new AIMessageChunk({ content: '{"a":"x"', id: '1' }),
        other,
      ]);
      expect(watch(model.pipe(patches).stream$('Hi')).values).toEqual([
        [{ op: 'replace', path: '', value: { a: 'x' } }],
      ]);
    });

    it('reports the whole value at the end', async () => {
      const { events } = recordRun(saying(...answer).pipe(patches), 'Hi');
      const whole = { a: 1, b: 'hello', c: [1, 2], d: {} };
      for (const kind of ['on_parser_end', 'on_chain_end'])
        expect(events.find(({ event }) => event === kind)?.data).toMatchObject({ output: whole });
      expect(
        await saying(...answer)
          .pipe(patches)
          .invoke('Hi'),
      ).toEqual(whole);
    });

    it('is true or false', () => {
      expect(() => new JsonOutputParser({ diff: 'yes' as never })).toThrow(
        new TypeError('diff must be true or false, got "yes"'),
      );
      expect(watch(new JsonOutputParser({ diff: false }).stream$('[]')).values).toEqual([[]]);
    });
  });

  describe('of what is no JSON', () => {
    it.each([
      ['Sure!', 0],
      ['', 0],
      ['{"a":"x"', 1],
      ['{"a":"x"}\n{"b":1}', 1],
      ['{"a":"x",}', 1],
      ['```json\n{"a":"x"', 1],
      ['{"a":1e999}', 1],
    ])('%j fails at the end, after %i values', (text, count) => {
      const recorded = recordRun(saying(text).pipe(parser), 'Hi');
      const { error } = recorded.ended as { error: ParseError };
      expect(ParseError.is(error)).toBe(true);
      expect(error).toMatchObject({ code: 'not_json', text });
      expect(recorded.values).toHaveLength(count);
      expect(recorded.story().slice(-3)).toEqual([
        'chat_model_end FakeStream',
        'parser_error JsonOutputParser',
        'chain_error RunnableSequence',
      ]);
      expect(faultsOf(recorded.events)).toEqual([]);
    });

    it('fails for nothing at all', async () => {
      const nothing = lambda(() => from<string[]>([])).pipe(parser);
      await expect(nothing.invoke('')).rejects.toMatchObject({ code: 'not_json', text: '' });
    });

    it('[4] reports the value so far', () => {
      const { events } = recordRun(saying('{"a":"x"').pipe(parser), 'Hi');
      expect(events.find(({ event }) => event === 'on_parser_error')?.data).toMatchObject({
        output: { a: 'x' },
        error: { code: 'not_json' },
      });
    });

    it('[21] keeps the text out of the message and of the events', () => {
      const { events, ended } = recordRun(saying('secret').pipe(parser), 'Hi');
      const { error } = ended as { error: ParseError };
      const failures = events.filter(({ event }) => event.endsWith('_error'));
      const recorded = failures.map(({ data }) => (data as { error: unknown }).error);
      expect(recorded).toHaveLength(2);
      expect(JSON.stringify([error.message, recorded])).not.toContain('secret');
      expect(error.text).toBe('secret');
    });

    it('[27] cancels what is too large at once', () => {
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source$ = cold('-a-b-c', { a: '['.repeat(256), b: '[', c: '[' });
        const chain = new FakeStream(() => source$).pipe(new JsonOutputParser());
        expectObservable(chain.stream$('Hi').pipe(ignoreElements())).toBe(
          '---#',
          undefined,
          expect.objectContaining({ code: 'too_large' }),
        );
        expectSubscriptions(source$.subscriptions).toBe('^--!');
      });
    });

    it('passes the error of its source on, and has none of its own', () => {
      const error = new Error('cut');
      const model = new FakeStream(() =>
        concat(
          of('{"a":"x"'),
          throwError(() => error),
        ),
      );
      expect(watch(model.pipe(parser).stream$('Hi'))).toMatchObject({
        values: [{ a: 'x' }],
        ended: { error },
      });
    });

    it('says what it takes', () => {
      expect(() => parser.stream$(42 as never)).toThrow(
        new TypeError('JsonOutputParser takes text or messages, got 42'),
      );
    });
  });

  describe('beside LangChain', () => {
    /** LangChain shows the last chunk as the parser's input. */
    const withoutInput = (runs: ComparableRun[]) =>
      runs.map((run) => ({
        ...run,
        story: run.story.map(({ event, data }) =>
          event === 'on_parser_end'
            ? { event, output: (data as { output: unknown }).output }
            : { event, data },
        ),
      }));

    it('[7] streams and reports the same', async () => {
      const ours = saying(...answer).pipe(parser);
      const theirs = new LangChainStream(...answer).pipe(new LangChainParser());
      expect(watch(ours.stream$('Hi')).values).toEqual(await langChainValues(theirs, 'Hi'));
      expect(withoutInput(comparableRuns(recordRun(ours, 'Hi').events))).toEqual(
        withoutInput(await langChainRuns(theirs, 'Hi')),
      );
    });

    it('streams the same patches', async () => {
      const theirs = new LangChainStream(...answer).pipe(new LangChainParser({ diff: true }));
      expect(patchesOf(...answer).values).toEqual(await langChainValues(theirs, 'Hi'));
    });

    it('shows the whole message as the input', () => {
      const { events } = recordRun(saying(...answer).pipe(parser), 'Hi');
      expect(events.find(({ event }) => event === 'on_parser_end')?.data).toMatchObject({
        input: { content: answer.join('') },
      });
    });

    it('shows no number or literal before it is whole, which LangChain takes back', async () => {
      const pieces = ['{"a":1', '2,"b":t', 'rue}'];
      const theirs = new LangChainStream(...pieces).pipe(new LangChainParser());
      expect(await langChainValues(theirs, 'Hi')).toEqual([{ a: 1 }, { a: 12, b: true }]);
      expect(valuesOf(...pieces).values).toEqual([{}, { a: 12 }, { a: 12, b: true }]);
    });
  });

  it('knows its values as types', () => {
    interface Recipe {
      title: string;
      steps: { minutes: number }[];
    }
    const recipe = new JsonOutputParser<Recipe>();
    const stream = () => recipe.stream$('{}');
    expectTypeOf(lastValueFrom(stream())).resolves.toEqualTypeOf<{
      title?: string;
      steps?: { minutes?: number }[];
    }>();
    expectTypeOf(recipe.invoke('{"title":"","steps":[]}')).resolves.toEqualTypeOf<Recipe>();
    const diff = new JsonOutputParser<Recipe, true>({ diff: true });
    expectTypeOf(lastValueFrom(diff.stream$('{}'))).resolves.toEqualTypeOf<
      readonly JsonPatchOperation[]
    >();
    expectTypeOf(diff.invoke('{}')).resolves.toEqualTypeOf<Recipe>();
    expectTypeOf(parser.invoke('1')).resolves.toBeUnknown();
    // @ts-expect-error the type does not say that it gives patches
    expect(watch(new JsonOutputParser<Recipe>({ diff: true }).stream$('{}')).values).toHaveLength(
      1,
    );
  });
});
