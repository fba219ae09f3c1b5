import fc from 'fast-check';
import {
  concat,
  defer,
  finalize,
  map,
  mergeMap,
  type Observable,
  of,
  throwError,
  timer,
} from 'rxjs';
import { AIMessageChunk, type RunEvent, tool, withFallbacks } from 'rxlm';
import type { AgentResult } from '../../../lib/runnables/agent/agent-result';
import { EagerCalls } from '../../../lib/runnables/agent/eager-calls';
import type { RunToolsOptions } from '../../../lib/runnables/agent/run-tools-options';
import { runTools } from '../../../lib/runnables/agent/run-tools';
import { toolFailure } from '../../../lib/tools/internal/tool-result';
import { marbles } from '../../support/marbles';
import { faultsOf, recordRun } from '../../support/run-events';
import { callOf, endOf, ScriptedModel } from '../../support/scripted-model';

/** The chunk at the end of a call's block. */
const made = (id: string, name = 'look', args = {}) => {
  const chunk = endOf([callOf(id, name, args)], null);
  return new AIMessageChunk({ ...chunk, id: 'm' });
};
const ended = (finish_reason: 'tool_call' | 'length' | 'content_filter' | 'stop') =>
  new AIMessageChunk({ content: '', id: 'm', finish_reason });
const toolOf = (name: string, func: () => unknown, effectFree: boolean) =>
  tool({ name, schema: { type: 'object' }, func, effectFree });
const idOf = ({ type, ...chunk }: { readonly type: string; readonly tool_call_id?: string }) =>
  type === 'tool' ? chunk.tool_call_id : 'm';
const namesOf = (events: readonly RunEvent[]) =>
  events
    .filter(({ event }) => /tool_(start|end|cancel|error)$/.test(event))
    .map(
      ({ event, data }) =>
        `${event.slice(8)} ${String((data as { tool_call_id?: string }).tool_call_id)}`,
    );

describe('an eager agent', () => {
  const run = (
    turns: ConstructorParameters<typeof ScriptedModel>,
    work$: Observable<unknown>,
    options: RunToolsOptions = {},
  ) => {
    const tools = [toolOf('look', () => work$, true), toolOf('write', () => work$, false)];
    return runTools(new ScriptedModel(...turns), tools, { eager: true, ...options });
  };

  it('begins a call that changes nothing behind the end of its block, and gives its result in its place', () => {
    marbles(({ scheduler, cold, expectObservable, expectSubscriptions }) => {
      const work$ = cold('--(r|)');
      const agent = run(
        [
          cold('-a---b----(e|)', { a: made('a'), b: made('b'), e: ended('tool_call') }),
          of('Done.'),
        ],
        work$,
      );
      expectObservable(agent.stream$('Go', { scheduler }).pipe(map(idOf))).toBe(
        '-m---m----(mabm|)',
        { m: 'm', a: 'a', b: 'b' },
      );
      expectSubscriptions(work$.subscriptions).toBe(['-^-!', '-----^-!']);
    });
  });

  it('waits with the others for the end of the message, and keeps the order of the calls', () => {
    marbles(({ scheduler, cold, expectObservable, expectSubscriptions }) => {
      const work$ = cold('--(r|)');
      const agent = run(
        [
          cold('ab---(e|)', { a: made('a', 'write'), b: made('b'), e: ended('tool_call') }),
          of('Done.'),
        ],
        work$,
      );
      expectObservable(agent.stream$('Go', { scheduler }).pipe(map(idOf))).toBe('mm---m-(abm|)', {
        m: 'm',
        a: 'a',
        b: 'b',
      });
      expectSubscriptions(work$.subscriptions).toBe(['-^-!', '-----^-!']);
    });
  });

  it.each(['length', 'content_filter'] as const)(
    'drops what it has begun for a message that ends with %s',
    (reason) => {
      marbles(({ scheduler, cold, flush, expectSubscriptions }) => {
        const work$ = cold('------(r|)');
        const agent = run(
          [cold('ab-(e|)', { a: made('a'), b: made('b'), e: ended(reason) })],
          work$,
          {
            concurrency: 1,
          },
        );
        const recorded = recordRun(agent, 'Go', { scheduler });
        // The second one waits for the first, and is never begun.
        expectSubscriptions(work$.subscriptions).toBe(['^--!']);
        flush();
        expect([recorded.ended, faultsOf(recorded.events)]).toEqual(['complete', []]);
        expect(namesOf(recorded.events)).toEqual(['start a', 'cancel a']);
        const end = recorded.events.at(-1)?.data as { output: AgentResult };
        expect(end.output.messages.slice(1).map(({ text }) => text)).toEqual([
          expect.stringContaining('The call was not run'),
          expect.stringContaining('The call was not run'),
        ]);
      });
    },
  );

  it('drops it where the message fails', () => {
    marbles(({ scheduler, cold, flush, expectSubscriptions }) => {
      const work$ = cold('------(r|)');
      const recorded = recordRun(run([cold('a--#', { a: made('a') })], work$), 'Go', { scheduler });
      expectSubscriptions(work$.subscriptions).toBe('^--!');
      flush();
      expect(recorded.ended).toEqual({ error: 'error' });
      expect([faultsOf(recorded.events), namesOf(recorded.events)]).toEqual([
        [],
        ['start a', 'cancel a'],
      ]);
    });
  });

  it('drops it where the message is given up for another one', () => {
    marbles(({ scheduler, cold, flush, expectSubscriptions }) => {
      const work$ = cold('------(r|)');
      const first$ = concat(
        cold('a--|', { a: made('a') }),
        throwError(() => new Error('overloaded')),
      );
      const again = new ScriptedModel(cold('-(b|)', { b: 'Fine.' }));
      const model = withFallbacks(new ScriptedModel(first$), [again], { after: 'restart' });
      const look = toolOf('look', () => work$, true);
      const recorded = recordRun(runTools(model, [look], { eager: true }), 'Go', { scheduler });
      expectSubscriptions(work$.subscriptions).toBe('^---!');
      flush();
      expect(faultsOf(recorded.events)).toEqual([]);
      expect(namesOf(recorded.events)).toEqual(['start a', 'cancel a']);
      expect(recorded.ended).toBe('complete');
    });
  });

  it('is cancelled with all that it has begun', () => {
    marbles(({ scheduler, cold, expectObservable, expectSubscriptions }) => {
      const work$ = cold('------(r|)');
      const agent = run([cold('-a------', { a: made('a') })], work$);
      const ids$ = agent.stream$('Go', { scheduler }).pipe(map(idOf));
      expectObservable(ids$, '^--!').toBe('-m', { m: 'm' });
      expectSubscriptions(work$.subscriptions).toBe('-^-!');
    });
  });

  it.each<[string, RunToolsOptions]>([
    ['where it is not asked to', { eager: false }],
    ['where calls are to be approved', { approve: () => of(true) }],
  ])('begins nothing %s', (_, options) => {
    marbles(({ scheduler, cold, expectObservable, expectSubscriptions }) => {
      const work$ = cold('(r|)');
      const agent = run(
        [cold('a---(e|)', { a: made('a'), e: ended('tool_call') }), of('Done.')],
        work$,
        options,
      );
      expectObservable(agent.stream$('Go', { scheduler }).pipe(map(idOf))).toBe('m---(mam|)', {
        m: 'm',
        a: 'a',
      });
      expectSubscriptions(work$.subscriptions).toBe('----(^!)');
    });
  });

  it('begins no more than are allowed', () => {
    marbles(({ scheduler, cold, flush, expectSubscriptions }) => {
      const work$ = cold('-(r|)');
      const agent = run(
        [cold('ab--(e|)', { a: made('a'), b: made('b'), e: ended('tool_call') })],
        work$,
        {
          maxCallsPerTurn: 1,
        },
      );
      const recorded = recordRun(agent, 'Go', { scheduler });
      expectSubscriptions(work$.subscriptions).toBe('^!');
      flush();
      expect((recorded.events.at(-1)?.data as { output: AgentResult }).output).toMatchObject({
        finish: 'max_calls',
        messages: [{}, { text: 'r' }, { status: 'error' }],
      });
    });
  });

  it('fails with an error of a hook when the result has its turn', () => {
    marbles(({ scheduler, cold, flush }) => {
      const broken = tool({
        name: 'look',
        schema: { type: 'object' },
        validate: () => ({ issues: [{ message: 'No' }] }),
        func: () => 1,
        effectFree: true,
      });
      const model = new ScriptedModel(cold('a--(e|)', { a: made('a'), e: ended('tool_call') }));
      const repair = () => throwError(() => new Error('broken'));
      const recorded = recordRun(runTools(model, [broken], { eager: true, repair }), 'Go', {
        scheduler,
      });
      flush();
      expect(recorded.values).toHaveLength(2);
      expect(recorded.ended).toEqual({ error: new Error('broken') });
      expect(faultsOf(recorded.events)).toEqual([]);
    });
  });

  it('comes to what one comes to that is not, whatever takes how long', () => {
    const call = fc.record({ free: fc.boolean(), gap: fc.nat(3), work: fc.nat(6) });
    fc.assert(
      fc.property(
        fc.array(call, { maxLength: 6 }),
        fc.integer({ min: 1, max: 4 }),
        (calls, concurrency) => {
          const results = [true, false].map((eager) => {
            let recorded: ReturnType<typeof recordRun> | undefined;
            let most = 0;
            marbles(({ scheduler, flush }) => {
              let now = 0;
              const works = (free: boolean) =>
                tool({
                  name: free ? 'look' : 'write',
                  schema: { type: 'object' },
                  effectFree: free,
                  func: ({ work }) =>
                    defer(() => {
                      most = Math.max(most, (now += 1));
                      return timer(work as number, scheduler).pipe(
                        map(() => work),
                        finalize(() => (now -= 1)),
                      );
                    }),
                });
              const message$ = concat(
                ...calls.map(({ free, gap, work }, index) =>
                  timer(gap, scheduler).pipe(
                    map(() => made(`c${String(index)}`, free ? 'look' : 'write', { work })),
                  ),
                ),
                of(ended(calls.length === 0 ? 'stop' : 'tool_call')),
              );
              const model = new ScriptedModel(message$, of('Done.'));
              const agent = runTools(model, [works(true), works(false)], { eager, concurrency });
              recorded = recordRun(agent, 'Go', { scheduler });
              flush();
            });
            expect(faultsOf(recorded?.events ?? [])).toEqual([]);
            expect(most).toBeLessThanOrEqual(concurrency);
            return (recorded?.values as { content: unknown; tool_call_id?: string }[]).map(
              ({ content, tool_call_id }) => [tool_call_id, content],
            );
          });
          expect(results[0]).toEqual(results[1]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('EagerCalls', () => {
  it('answers a call of an id that was begun before once more', () => {
    marbles(({ expectObservable }) => {
      let count = 0;
      const calls = new EagerCalls({
        answer$: (call) => defer(() => of(toolFailure(call, String((count += 1))))),
        isFree: () => true,
        concurrency: 8,
        maxCalls: 8,
      });
      const turn$ = concat(
        of(made('a')).pipe(calls.watch()),
        of('a', 'a').pipe(mergeMap((id) => calls.result$(callOf(id, 'look')))),
      );
      expectObservable(calls.during(turn$).pipe(map(({ content }) => content))).toBe('(m12|)', {
        m: made('a').content,
        1: '1',
        2: '2',
      });
    });
  });
});
