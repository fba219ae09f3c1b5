import { lastValueFrom, of, toArray } from 'rxjs';
import {
  HumanMessage,
  lambda,
  MessagesPlaceholder,
  ChatPromptTemplate,
  PromptTemplate,
  StringPromptValue,
} from 'rxlm';
import { BasePromptTemplate } from '../../lib/prompts/base-prompt-template.js';
import { marbles } from '../support/marbles';
import { faultsOf, recordRun, watch } from '../support/run-events';

const prompt = PromptTemplate.fromTemplate('{a} and {b}');
const values = { a: 'x', b: 'y' };

describe('a prompt as a runnable', () => {
  it('takes the whole and gives one value', () => {
    marbles(({ expectObservable, cold }) => {
      expect(prompt.takes).toBe('whole');
      expectObservable(prompt.stream$(values)).toBe('(p|)', {
        p: new StringPromptValue('x and y'),
      });
      const chunks = lambda(() => cold<object>('-a-b-|', { a: { a: '1', b: '1' }, b: values }));
      expectObservable(chunks.pipe(prompt as never).stream$('')).toBe('-----(p|)', {
        p: new StringPromptValue('x and y'),
      });
    });
  });

  it('[7] reports its start and its end, and no chunk', () => {
    const { story, events } = recordRun(prompt, values);
    expect(story()).toEqual(['prompt_start PromptTemplate', 'prompt_end PromptTemplate']);
    expect(events.map(({ data }) => data)).toEqual([
      { input: values },
      { output: new StringPromptValue('x and y') },
    ]);
  });

  it('[7] shows its input in its end, too, where it is nested', () => {
    const { events } = recordRun(lambda(() => of(values)).pipe(prompt), '');
    const [start, end] = events.filter(({ name }) => name === 'PromptTemplate');
    expect(start?.data).toEqual({ input: values });
    expect(end?.data).toEqual({ output: new StringPromptValue('x and y'), input: values });
    expect(faultsOf(events)).toEqual([]);
  });

  it('may be given more than its variables', async () => {
    const given = { ...values, c: 'z' };
    expect(await prompt.invoke(given)).toEqual(new StringPromptValue('x and y'));
  });

  it('takes the fields that an object inherits from its class, none that every object has', async () => {
    const text = PromptTemplate.fromTemplate('{text}');
    expect((await text.invoke(new HumanMessage('Hi'))).value).toBe('Hi');
    const odd = PromptTemplate.fromTemplate('{constructor}{__proto__}');
    expect(() => odd.stream$({} as never)).toThrow('no value for "constructor", "__proto__"');
    const own = JSON.parse('{"constructor":"c","__proto__":"p"}') as never;
    expect((await odd.invoke(own)).value).toBe('cp');
  });
});

describe('a missing variable', () => {
  const given = { a: 'x' } as typeof values;
  const error = new TypeError(
    'PromptTemplate: no value for "b". Give one with the call, or beforehand with partial()',
  );

  it('is a TypeError at the call, whatever the view', async () => {
    expect(() => prompt.stream$(given)).toThrow(error);
    expect(() => prompt.events$(given)).toThrow(error);
    await expect(prompt.invoke(given)).rejects.toThrow(error);
    await expect(prompt.batch([values, given])).rejects.toThrow(error);
  });

  it('is one that is undefined, and not one that is null', async () => {
    expect(() => prompt.stream$({ a: 'x', b: undefined as never })).toThrow(error);
    expect((await prompt.invoke({ a: 'x', b: null })).value).toBe('x and null');
  });

  it('is named with all others', () => {
    expect(() => prompt.stream$({} as never)).toThrow('no value for "a", "b". ');
  });

  it('[3] is the error of the run in a chain', () => {
    const recorded = recordRun(lambda(() => of(given)).pipe(prompt), '');
    expect(recorded.ended).toEqual({ error });
    expect(recorded.story()).toEqual([
      'chain_start RunnableSequence',
      'chain_start RunnableLambda',
      'chain_stream RunnableLambda',
      'chain_end RunnableLambda',
      'prompt_start PromptTemplate',
      'prompt_error PromptTemplate',
      'chain_error RunnableSequence',
    ]);
    expect(faultsOf(recorded.events)).toEqual([]);
  });

  it('may be optional', async () => {
    const optional = ChatPromptTemplate.fromMessages([['placeholder', '{old}']]);
    expect((await optional.invoke({})).messages).toEqual([]);
    const both = ChatPromptTemplate.fromMessages([
      ['placeholder', '{old}'],
      new MessagesPlaceholder('old'),
    ]);
    expect(() => both.stream$({} as never)).toThrow('no value for "old"');
  });

  it.each([
    ['an object is needed', undefined, 'undefined'],
    ['null is none', null, 'null'],
    ['a text is none', 'x', '"x"'],
  ])('and %s', (_title, input, value) => {
    expect(() => prompt.stream$(input as never)).toThrow(
      new TypeError(`PromptTemplate takes an object with its variables, got ${value}`),
    );
  });
});

describe('braces that are text', () => {
  const hint = '. If the braces are text, as in JSON, write {{ and }}';

  it.each(['{"a": 1}', "{'a'}", 'f() { return 1; }', 'Use {a: b}.', '{\n  x\n}'])(
    'are named where a value is missing: %j',
    (template) => {
      const wrong = PromptTemplate.fromTemplate(template);
      expect(() => wrong.stream$({})).toThrow(hint);
      const chat = ChatPromptTemplate.fromMessages([['human', template]]);
      expect(() => chat.stream$({})).toThrow(hint);
      const blocks = [{ type: 'tool_use', id: 'a', name: 'b', input: { text: template } }];
      const deep = ChatPromptTemplate.fromMessages([['ai', blocks]]);
      expect(() => deep.stream$({})).toThrow(hint);
      expect(() => ChatPromptTemplate.fromMessages([deep]).stream$({})).toThrow(hint);
      expect(() => wrong.partial({ a: 1 })).toThrow(hint);
    },
  );

  it('are not named where a variable is missing', () => {
    const spaced = PromptTemplate.fromTemplate('{my name} {größe} {a.b}');
    expect(() => spaced.stream$({} as never)).toThrow(/with partial\(\)$/);
  });
});

describe('partial', () => {
  it('gives variables beforehand, of a prompt that stays as it was', async () => {
    const half = prompt.partial({ a: 'x' });
    expect(half.inputVariables).toEqual(['b']);
    expect((await half.invoke({ b: 'y' })).value).toBe('x and y');
    expect(prompt.inputVariables).toEqual(['a', 'b']);
    expect(() => prompt.stream$({ b: 'y' } as never)).toThrow('no value for "a"');
  });

  it('may be used more than once, the latest value counts', async () => {
    const whole = prompt.partial({ a: 'x' }).partial({ b: 'y' });
    expect(whole.inputVariables).toEqual([]);
    expect((await whole.invoke({})).value).toBe('x and y');
    expect(
      (
        await prompt
          .partial({ a: 1 })
          .partial({ a: 2 } as never)
          .invoke({ b: 'y' })
      ).value,
    ).toBe('2 and y');
  });

  it('gives way to what the call says', async () => {
    const half = prompt.partial({ a: 'x' });
    expect((await half.invoke({ a: 'z', b: 'y' } as never)).value).toBe('z and y');
    expect((await half.invoke({ a: null, b: 'y' } as never)).value).toBe('null and y');
    expect((await half.invoke({ a: undefined, b: 'y' } as never)).value).toBe('x and y');
  });

  it('[1] calls a function once for each run, however often its variable is used', async () => {
    let runs = 0;
    const count = jest.fn(() => ++runs);
    const counting = PromptTemplate.fromTemplate('{n} {n} {a}').partial({ n: count });
    const stream$ = counting.stream$({ a: 'x' });
    expect(count).not.toHaveBeenCalled();
    expect((await lastValueFrom(stream$)).value).toBe('1 1 x');
    expect((await lastValueFrom(stream$)).value).toBe('2 2 x');
  });

  it('fails the run with what a function throws', () => {
    const error = new RangeError('no date');
    const failing = prompt.partial({
      a: () => {
        throw error;
      },
    });
    expect(watch(failing.stream$({ b: 'y' })).ended).toEqual({ error });
  });

  it('awaits promises, and functions of promises once for each run', async () => {
    const load = jest.fn(() => Promise.resolve('x'));
    const later = prompt.partial({ a: load, b: Promise.resolve('y') });
    expect(load).not.toHaveBeenCalled();
    expect((await later.invoke({})).value).toBe('x and y');
    expect((await later.invoke({})).value).toBe('x and y');
    expect(load).toHaveBeenCalledTimes(2);
    expect((await later.invoke({ b: 'z' })).value).toBe('x and z');
  });

  it('awaits no promise that the call gives, and none after an unsubscribe', async () => {
    const given = prompt.stream$({ a: Promise.resolve('x'), b: 'y' });
    expect(watch(given).ended).toEqual({
      error: new TypeError('the value of "a" cannot be text, it is a Promise'),
    });
    const seen: unknown[] = [];
    const later = prompt.partial({ a: () => Promise.resolve('x') });
    later
      .stream$({ b: 'y' })
      .subscribe((value) => seen.push(value))
      .unsubscribe();
    await new Promise(setImmediate);
    expect(seen).toEqual([]);
  });

  it('fails the run with what a promise rejects with', async () => {
    const error = new RangeError('no date');
    const failing = prompt.partial({ a: () => Promise.reject(error) });
    await expect(failing.invoke({ b: 'y' })).rejects.toBe(error);
  });

  it('names a variable that the prompt does not have', () => {
    expect(() => prompt.partial({ mood: 'terse' } as never)).toThrow(
      new TypeError('PromptTemplate has no variable "mood" to be given, only "a", "b"'),
    );
  });
});

it('BasePromptTemplate is what prompts have in common', async () => {
  expect(prompt).toBeInstanceOf(BasePromptTemplate);
  expect(await lastValueFrom(prompt.stream$(values).pipe(toArray()))).toHaveLength(1);
});
