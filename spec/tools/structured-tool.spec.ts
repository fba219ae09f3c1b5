import fc from 'fast-check';
import {
  catchError,
  concat,
  finalize,
  lastValueFrom,
  map,
  merge,
  NEVER,
  of,
  Subject,
  takeUntil,
  throwError,
} from 'rxjs';
import { AIMessage, lambda, type RunEvent, ToolError, type ToolCall, ToolMessage } from 'rxlm';
import { z } from 'zod';
import { StructuredTool } from '../../lib/tools/structured-tool';
import type { ToolConfig } from '../../lib/tools/tool-options';
import { saying } from '../support/models';
import { marbles } from '../support/marbles';
import { faultsOf, record, recordRun, watch } from '../support/run-events';
import { turn, unhandledErrors } from '../support/unhandled-errors';

type Func = (input: { a: number }, config: ToolConfig) => unknown;

const schema = z.object({ a: z.number() });
const adder = (func: Func = ({ a }) => `r${String(a)}`) =>
  new StructuredTool<{ a: number }, unknown>({ name: 'adder', schema, func });
const callOf = (args: Record<string, unknown>): ToolCall => ({
  type: 'tool_call',
  id: 'call_1',
  name: 'adder',
  args,
});
const boom = new RangeError('boom');
const failing = () =>
  adder(() => {
    throw boom;
  });
const named = (events: readonly RunEvent[], name: string) =>
  events.filter(({ event }) => event === name).map(({ data }) => data);
const progressOf = (events: readonly RunEvent[]) =>
  events.filter(({ name }) => name === 'tool_progress').map(({ data }) => data);

describe('StructuredTool', () => {
  describe('given plain arguments', () => {
    it.each<[string, Func, unknown]>([
      ['a value', () => 7, 7],
      ['an array', () => [1, 2], [1, 2]],
      ['nothing', () => undefined, undefined],
      ['a promise', async () => Promise.resolve('later'), 'later'],
      ['an Observable', () => of(1, 2, 3), 3],
      ['an Observable without a value', () => of(), undefined],
    ])('gives %s', async (_, func, result) => {
      expect(await adder(func).invoke({ a: 1 })).toEqual(result);
    });

    it('gives a message of the function as it is', async () => {
      const message = new AIMessage('x');
      expect(await adder(() => message).invoke({ a: 1 })).toBe(message);
    });

    it('[4] fails with a ToolError of invalid input that says what is wrong with it', async () => {
      const func = jest.fn();
      const input = { a: 'x' } as never;
      const error: unknown = await adder(func)
        .invoke(input)
        .catch((thrown: unknown) => thrown);
      expect(ToolError.is(error) && error).toMatchObject({
        code: 'invalid_input',
        tool: 'adder',
        input,
        issues: [{ path: ['a'] }],
        message:
          'adder: the input does not match the schema: a: Invalid input: expected number, received string',
      });
      expect(func).not.toHaveBeenCalled();
    });

    it('fails with a ToolError that has the cause', async () => {
      const error: unknown = await failing()
        .invoke({ a: 1 })
        .catch((thrown: unknown) => thrown);
      expect(ToolError.is(error) && error).toMatchObject({
        code: 'failed',
        tool: 'adder',
        input: { a: 1 },
        message: 'adder failed.',
        cause: boom,
      });
    });

    it('passes a ToolError of its own on, and not that of another tool', async () => {
      const own = new ToolError('too far', { code: 'failed', tool: 'adder' });
      const other = new ToolError('too late', { code: 'invalid_input', tool: 'clock' });
      await expect(adder(() => throwError(() => own)).invoke({ a: 1 })).rejects.toBe(own);
      await expect(adder(() => Promise.reject(other)).invoke({ a: 1 })).rejects.toMatchObject({
        code: 'failed',
        tool: 'adder',
        cause: other,
      });
    });

    it('fails where the check itself does', async () => {
      const broken = new StructuredTool({
        name: 'broken',
        schema: {},
        validate: () => {
          throw boom;
        },
        func: () => 1,
      });
      await expect(broken.invoke({})).rejects.toMatchObject({ code: 'failed', cause: boom });
    });
  });

  describe('given a call', () => {
    it('gives a ToolMessage', async () => {
      const message = await adder().invoke(callOf({ a: 1 }));
      expect(message).toBeInstanceOf(ToolMessage);
      expect(message).toMatchObject({
        content: 'r1',
        tool_call_id: 'call_1',
        name: 'adder',
        status: 'success',
      });
    });

    it.each([
      ['invalid input', adder(), { a: 'x' }, /^adder: the input does not match the schema: a: /],
      ['a failure', failing(), { a: 1 }, /^adder failed\.$/],
      ['what is thrown', adder(() => throwError(() => 'text')), { a: 1 }, /^adder failed\.$/],
      ['a result without JSON', adder(() => 1n), { a: 1 }, /^adder failed\.$/],
    ])('answers %s by an error result, without a stack', async (_, tool, args, content) => {
      const message = await tool.invoke(callOf(args));
      expect(message).toMatchObject({ status: 'error', tool_call_id: 'call_1' });
      expect(message.content).toMatch(content);
      expect(message.content).not.toContain('    at ');
    });

    it('answers a timeout so as well', () => {
      marbles(({ scheduler, flush }) => {
        const work = adder(() => NEVER);
        const run = recordRun(work, callOf({ a: 1 }), { timeout: 5, scheduler });
        flush();
        expect(run).toMatchObject({ values: [{ status: 'error' }], ended: 'complete' });
        expect(run.values[0]).toHaveProperty(
          'content',
          expect.stringContaining('not done within 5 ms'),
        );
        expect(named(run.events, 'on_tool_error')).toMatchObject([{ error: { code: 'timeout' } }]);
      });
    });

    it('takes an object for a call only if it is one', async () => {
      const echo = new StructuredTool<object, unknown>({
        name: 'echo',
        schema: {},
        func: (input) => input,
      });
      const input = { type: 'tool_call', name: 'echo' };
      expect(await echo.invoke(input)).toBe(input);
    });
  });

  describe('reports', () => {
    it('[7] a start with the raw input, an end without it, and no chunks', () => {
      const { events, values } = recordRun(adder(), { a: 1 });
      expect(values).toEqual(['r1']);
      expect(events).toMatchObject([
        { event: 'on_tool_start', name: 'adder', data: { input: { a: 1 } }, tags: [] },
        { event: 'on_tool_end', name: 'adder', data: { output: 'r1' } },
      ]);
      expect(events.map(({ data }) => Object.keys(data as object))).toEqual([
        ['input'],
        ['output'],
      ]);
    });

    it('[7] the whole call at the root, and the message that it gives', () => {
      const { events, values } = recordRun(adder(), callOf({ a: 1 }));
      expect(named(events, 'on_tool_start')).toMatchObject([{ input: callOf({ a: 1 }) }]);
      expect(named(events, 'on_tool_end')).toEqual([{ output: values[0], tool_call_id: 'call_1' }]);
    });

    it.each([{ a: 1 }, callOf({ a: 1 })])('[7] the arguments inside of another run', (input) => {
      const outer = lambda((given: typeof input, config) => adder().stream$(given, config));
      const { events } = recordRun(outer, input);
      expect(named(events, 'on_tool_start')).toMatchObject([{ input: { a: 1 } }]);
      expect(named(events, 'on_tool_end')).toMatchObject([{ input: { a: 1 } }]);
      expect(faultsOf(events)).toEqual([]);
    });

    it.each([{ a: 1 }, callOf({ a: 1 })])(
      '[3] an error, whatever comes out of it, without a stack',
      (input) => {
        const { events } = recordRun(failing(), input);
        expect(events.map(({ event }) => event)).toEqual(['on_tool_start', 'on_tool_error']);
        expect(named(events, 'on_tool_error')).toEqual([
          {
            ...('id' in input ? { tool_call_id: input.id } : {}),
            input: { a: 1 },
            error: { name: 'RangeError', message: 'boom' },
          },
        ]);
      },
    );

    it('[3] invalid input as an error of the run', () => {
      const { events } = recordRun(adder(), { a: 'x' } as never);
      expect(events.map(({ event }) => event)).toEqual(['on_tool_start', 'on_tool_error']);
      expect(named(events, 'on_tool_error')).toMatchObject([{ error: { code: 'invalid_input' } }]);
    });

    it('progress as custom events of its run, all but the last value', () => {
      const { events, values } = recordRun(
        adder(() => of('a', { b: 1 }, 'c')),
        { a: 1 },
      );
      expect(values).toEqual(['c']);
      expect(events.map(({ event, name }) => `${event} ${name}`)).toEqual([
        'on_tool_start adder',
        'on_custom_event tool_progress',
        'on_custom_event tool_progress',
        'on_tool_end adder',
      ]);
      expect(progressOf(events)).toEqual(['a', { b: 1 }]);
      expect(new Set(events.map(({ run_id }) => run_id)).size).toBe(1);
    });

    it('[20] progress when it comes, not with the next value', () => {
      marbles(({ scheduler, cold, flush }) => {
        const recorded: [unknown, number][] = [];
        const listener = (event: RunEvent) => {
          if (event.name === 'tool_progress') recorded.push([event.data, scheduler.now()]);
        };
        recordRun(
          adder(() => cold('-a----(b|)')),
          { a: 1 },
          { scheduler, listeners: [listener] },
        );
        flush();
        expect(recorded).toEqual([['a', 1]]);
      });
    });

    it('[4] progress before the failure that it led to', () => {
      const work = adder(() =>
        concat(
          of('half'),
          throwError(() => boom),
        ),
      );
      const { events } = recordRun(work, callOf({ a: 1 }));
      expect(events.map(({ event }) => event)).toEqual([
        'on_tool_start',
        'on_custom_event',
        'on_tool_error',
      ]);
    });

    it('what the function runs with its config as children', async () => {
      const { events, listener } = record();
      const ask = adder((_, config) => saying('gold', 'fish').invoke('Hi', config));
      const answer = await ask.invoke({ a: 1 }, { listeners: [listener] });
      expect(answer).toMatchObject({ content: 'goldfish' });
      const [root] = events;
      expect(events.filter(({ parent_ids }) => parent_ids[0] === root?.run_id)).toHaveLength(4);
      expect(faultsOf(events)).toEqual([]);
    });
  });

  describe('run for a call', () => {
    const call = callOf({ a: 1 });
    const phases = (events: readonly RunEvent[]) =>
      events.filter(({ event }) => event !== 'on_custom_event');

    it('says its id in each of its events, of a root and of a child', () => {
      for (const func of [() => 'r', () => NEVER, () => throwError(() => boom)]) {
        const root = recordRun(adder(func), call);
        root.leave();
        const child = recordRun(
          lambda((q: ToolCall, config) => adder(func).stream$(q, config)),
          call,
        );
        child.leave();
        const events = [...phases(root.events), ...phases(child.events)].filter(({ event }) =>
          event.startsWith('on_tool_'),
        );
        expect(events).toHaveLength(4);
        for (const { data } of events) expect(data).toMatchObject({ tool_call_id: 'call_1' });
      }
    });

    it('has the call in the config of its function, and of nothing that is run with that', async () => {
      const seen: unknown[] = [];
      const inner = lambda((_: string, config) => {
        seen.push('toolCall' in config);
        return '';
      });
      const tool = adder(({ a }, config) => {
        seen.push(config.toolCall);
        return inner.stream$(String(a), config);
      });
      await tool.invoke(call);
      expect(seen).toEqual([call, false]);
    });

    it('reports two calls that run at once apart', () => {
      const slow = adder(() => NEVER);
      const both = lambda((_: string, config) =>
        merge(...['one', 'two'].map((id) => slow.stream$({ ...callOf({ a: 1 }), id }, config))),
      );
      const run = recordRun(both, 'q');
      run.leave();
      const ids = (name: string) =>
        named(run.events, name).map((data) => (data as { tool_call_id: string }).tool_call_id);
      expect(ids('on_tool_start')).toEqual(['one', 'two']);
      expect(ids('on_tool_cancel').sort()).toEqual(['one', 'two']);
    });
  });

  it('says nothing of a call where it has plain arguments', () => {
    let config: ToolConfig | undefined;
    const tool = adder((_, own) => {
      config = own;
      return '';
    });
    for (const { data } of recordRun(tool, { a: 1 }).events)
      expect(data).not.toHaveProperty('tool_call_id');
    expect(config).not.toHaveProperty('toolCall');
  });

  it('shows the input of a root again where it fails', () => {
    expect(named(recordRun(failing(), { a: 1 }).events, 'on_tool_error')).toEqual([
      { error: expect.anything(), input: { a: 1 } },
    ]);
    expect(named(recordRun(failing(), callOf({ a: 1 })).events, 'on_tool_error')).toEqual([
      { error: expect.anything(), input: { a: 1 }, tool_call_id: 'call_1' },
    ]);
    expect(named(recordRun(adder(), { a: 1 }).events, 'on_tool_end')).toEqual([{ output: 'r1' }]);
  });

  describe('an error of the function', () => {
    const secret = new Error('SELECT * FROM users failed for password=hunter2');
    const throwing = (errorText?: (error: unknown) => string) =>
      new StructuredTool({
        name: 'adder',
        schema: {},
        errorText,
        func: () => {
          throw secret;
        },
      });

    it.each([{}, callOf({})])('is for listeners alone, given %j', async (input) => {
      const { events, listener } = record();
      const outer = lambda((given: object, config) => throwing().stream$(given, config));
      const recorded: unknown = await outer
        .invoke(input, { listeners: [listener] })
        .catch((error: unknown) => error);
      expect(JSON.stringify(recorded)).toContain('adder failed.');
      expect(JSON.stringify(recorded)).not.toContain('hunter2');
      const shown = events.filter((event) => JSON.stringify(event).includes('hunter2'));
      expect(shown.map(({ event }) => event)).toEqual(['on_tool_error']);
    });

    it('is passed on as errorText says, and not where that fails', async () => {
      const text = await throwing((error) => `No: ${String(error).slice(0, 13)}`).invoke(
        callOf({}),
      );
      expect(text.content).toBe('No: Error: SELECT');
      const broken = throwing(() => {
        throw boom;
      });
      expect((await broken.invoke(callOf({}))).content).toBe('adder failed.');
    });

    it('is passed on where it is a ToolError', async () => {
      const toolError = new ToolError('The disk is full.', { code: 'failed', tool: 'adder' });
      const message = await adder(() => throwError(() => toolError)).invoke(callOf({ a: 1 }));
      expect(message).toMatchObject({ content: 'The disk is full.', status: 'error' });
    });
  });

  describe('with a timeout', () => {
    const slow = (func: () => unknown) =>
      new StructuredTool({ name: 'adder', schema: {}, timeout: 5, func });

    it('unsubscribes from the work and answers the call', () => {
      marbles(({ cold, scheduler, expectObservable, expectSubscriptions }) => {
        const work$ = cold('-a-------b|');
        const text$ = slow(() => work$)
          .stream$(callOf({}), { scheduler })
          .pipe(map((message) => (message as ToolMessage).content));
        expectObservable(text$).toBe('-----(a|)', { a: 'adder has not finished within 5 ms' });
        expectSubscriptions(work$.subscriptions).toBe('^----!');
      });
    });

    it('fails for plain arguments, and leaves what is in time alone', () => {
      marbles(({ cold, scheduler, expectObservable }) => {
        const code$ = slow(() => cold('-----|'))
          .stream$({}, { scheduler })
          .pipe(
            catchError((error: ToolError) => of([error.code, (error.cause as ToolError).code])),
          );
        expectObservable(code$).toBe('-----(a|)', { a: ['failed', 'timeout'] });
        expectObservable(slow(() => cold('----(a|)')).stream$({}, { scheduler })).toBe('----(a|)');
      });
    });
  });

  it('runs a checked call with just what was checked, and fails if that was invalid', async () => {
    const seen: unknown[] = [];
    const work = adder((input) => seen.push(input));
    const [valid, invalid] = await Promise.all(
      [callOf({ a: 1, b: 2 }), callOf({ a: 'x' })].map((call) => lastValueFrom(work.check$(call))),
    );
    expect(valid?.args).toEqual({ a: 1 });
    await work.invoke(valid!);
    expect(seen).toEqual([{ a: 1 }]);
    expect(seen[0]).toBe(valid?.args);
    expect((await work.invoke(invalid as ToolCall)).content).toMatch(
      /^adder: the input does not match/,
    );
    expect(seen).toHaveLength(1);
  });

  it('reads the context of the run, which is in no event', async () => {
    const { events, listener } = record();
    const context = { user: 'hunter2' };
    const work = adder((_, config) => lambda((__: number, own) => own.context).stream$(1, config));
    const outer = lambda((_: string, config) => work.stream$({ a: 1 }, config));
    expect(await outer.invoke('x', { context, listeners: [listener] })).toBe(context);
    const seen = events.filter(({ event }) => event === 'on_tool_start');
    expect(JSON.stringify(seen)).not.toContain('hunter2');
    expect(seen.every((event) => !('context' in event))).toBe(true);
  });

  it('has fields for the provider, and the provider’s form', () => {
    const cache_control = { type: 'ephemeral' } as const;
    const { extras, providerForm } = new StructuredTool({
      name: 'adder',
      schema: {},
      func: () => 1,
      cache_control,
      strict: true,
    });
    expect([extras, providerForm]).toEqual([{ cache_control, strict: true }, undefined]);
    const form = { type: 'computer_20250124', name: 'computer', display_width_px: 800 };
    expect(new StructuredTool({ ...form, func: () => 1 }).providerForm).toEqual(form);
    expect(adder().extras).toBeUndefined();
  });

  it('[8] reports its end before its result is passed on', () => {
    const outer = lambda((_: string, config) => adder().stream$({ a: 1 }, config));
    expect(recordRun(outer, 'x').events.map(({ event }) => event)).toEqual([
      'on_chain_start',
      'on_tool_start',
      'on_tool_end',
      'on_chain_stream',
      'on_chain_end',
    ]);
  });

  it('[1] is cold, and each subscription calls the function once', () => {
    const func = jest.fn(() => 1);
    const tool$ = adder(func).stream$({ a: 1 });
    expect(func).not.toHaveBeenCalled();
    tool$.subscribe();
    tool$.subscribe();
    expect(func).toHaveBeenCalledTimes(2);
  });

  it.each([{ a: 1 }, callOf({ a: 1 })])(
    '[2] unsubscribes from the work and aborts its signal with the subscriber',
    (input) => {
      let signal: AbortSignal | undefined;
      const letGo = jest.fn();
      const work = adder((_, config) => {
        signal = config.signal;
        return concat(of('half'), NEVER).pipe(finalize(letGo));
      });
      const { leave, events, values } = recordRun(work, input);
      expect([signal?.aborted, letGo.mock.calls.length]).toEqual([false, 0]);
      leave();
      expect([signal?.aborted, letGo.mock.calls.length]).toEqual([true, 1]);
      expect(values).toEqual([]);
      expect(events.map(({ event }) => event)).toEqual(['on_tool_start', 'on_tool_cancel']);
    },
  );

  it('[2] an aborted signal is the reason of the view, and no answer to the call', () => {
    const controller = new AbortController();
    const run = recordRun(
      adder(() => NEVER),
      callOf({ a: 1 }),
      { signal: controller.signal },
    );
    controller.abort('enough');
    expect(run.ended).toEqual({ error: 'enough' });
    expect(run.values).toEqual([]);
    expect(run.events.at(-1)?.event).toBe('on_tool_cancel');
  });

  it('[6] a promise that fails when nobody waits for it any more is reported to nobody', async () => {
    let fail: (error: unknown) => void = () => undefined;
    const work = adder(async () => new Promise((_, reject) => (fail = reject)));
    const errors = await unhandledErrors(async () => {
      recordRun(work, { a: 1 }).leave();
      fail(boom);
      await turn();
    });
    expect(errors).toEqual([]);
  });

  it('reports one start and one ending, whatever the function does and whenever one leaves', () => {
    const deed = fc.constantFrom<Func>(
      () => 1,
      () => of(1, 2, 3),
      () => NEVER,
      () => concat(of(1, 2), NEVER),
      () => throwError(() => boom),
      () =>
        concat(
          of(1),
          throwError(() => boom),
        ),
      () => 1n,
      () => of(),
    );
    const input = fc.constantFrom({ a: 1 }, { a: 'x' }, callOf({ a: 1 }), callOf({ a: 'x' }));
    fc.assert(
      fc.property(deed, input, fc.nat(5), (func, given, count) => {
        const { events, listener } = record();
        const left = new Subject<void>();
        const leaver = () => {
          if (events.length === count) left.next();
        };
        const tool$ = adder(func).stream$(given as never, { listeners: [listener, leaver] });
        watch(tool$.pipe(takeUntil(left))).leave();
        expect(faultsOf(events)).toEqual([]);
        expect(events.filter(({ event }) => event === 'on_tool_start')).toHaveLength(1);
      }),
    );
  });
});
