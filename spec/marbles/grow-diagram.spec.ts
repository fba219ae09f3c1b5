import fc from 'fast-check';
import { concat, delay, map, NEVER, of, scan, takeUntil, throwError, timer, timestamp } from 'rxjs';
import { runTools } from '../../lib/runnables/agent/run-tools';
import { ChatPromptTemplate } from '../../lib/prompts/chat-prompt-template';
import { lambda } from '../../lib/runnables/lambda';
import { tool } from '../../lib/tools/tool';
import { FakeChatModel } from '../../lib/testing/fake/fake-chat-model';
import { EMPTY_DIAGRAM, growDiagram } from '../../lib/marbles/grow-diagram';
import { toDiagram } from '../../lib/marbles/to-diagram';
import { chunkOf, eventAt, modelEvents, timedEvents } from '../support/timed-events';

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Any events of a few runs, in any order, with times that may go back. */
const anyEvents = fc.array(
  fc
    .record({
      at: fc.integer({ min: 0, max: 50 }),
      event: fc.constantFrom(
        ...['on_chain_start', 'on_chat_model_start', 'on_chat_model_stream', 'on_chain_stream'],
        ...['on_chat_model_end', 'on_chain_error', 'on_tool_cancel', 'on_tool_start'],
        ...['on_chat_model_retry', 'on_custom_event', 'on_surprise_never'],
      ),
      run_id: fc.constantFrom('a', 'b', 'c'),
      name: fc.constantFrom('one', 'wire', '__proto__'),
      parent_ids: fc.constantFrom([], ['a'], ['a', 'b'], ['unknown'], null),
      data: fc.oneof(
        fc.anything(),
        fc.record({ chunk: fc.anything() }),
        fc.constant({ chunk: chunkOf('text') }),
        fc.record({ phase: fc.constantFrom('request', 'bytes', 'close'), bytes: fc.nat() }),
      ),
    })
    .map(({ at, event, ...fields }) => eventAt(at, event, fields)),
);

describe('growDiagram', () => {
  const get_weather = tool({
    name: 'get_weather',
    schema: { type: 'object', properties: { city: { type: 'string' } } },
    func: () => of('sunny').pipe(delay(5)),
  });
  const agent = () =>
    ChatPromptTemplate.fromMessages([['human', '{question}']]).pipe(
      runTools(
        new FakeChatModel([[{ name: 'get_weather', args: { city: 'Graz' } }], 'It is sunny']),
        [get_weather],
      ),
    );

  it('gives each run a lane in the order of the tree, and a model’s arguments one of their own', async () => {
    const { lanes, omitted } = toDiagram(await timedEvents(agent().events$({ question: 'Sun?' })));
    expect(lanes.map(({ name, type, depth, ending }) => [name, type, depth, ending])).toEqual([
      ['RunnableSequence', 'chain', 0, 'complete'],
      ['ChatPromptTemplate', 'prompt', 1, 'complete'],
      ['ToolAgent', 'chain', 1, 'complete'],
      ['FakeChatModel', 'chat_model', 2, 'complete'],
      ['arguments', 'chat_model', 3, 'complete'],
      ['get_weather', 'tool', 2, 'complete'],
      ['FakeChatModel', 'chat_model', 2, 'complete'],
    ]);
    expect(omitted).toBe(0);
  });

  it('names the event that a marble was made of', async () => {
    const events = await timedEvents(agent().events$({ question: 'Sun?' }));
    const { lanes } = toDiagram(events);
    const started = lanes.find(({ type }) => type === 'tool')!.marks[0]!;
    expect(events[started.cause!]!.value.event).toBe('on_chat_model_stream');
    const passed = lanes[0]!.marks.filter(({ kind }) => kind === 'text');
    expect(passed.map(({ cause }) => events[cause!]!.value.name)).toEqual(
      passed.map(() => 'FakeChatModel'),
    );
  });

  it('has the errors, and what was unsubscribed', async () => {
    const failing = lambda(() => throwError(() => new Error('no <b>moon</b>')), {
      name: 'failing',
    });
    const events: ReturnType<typeof eventAt>[] = [];
    failing
      .events$('x')
      .pipe(timestamp())
      .subscribe({ next: (event) => events.push(event), error: () => undefined });
    expect(toDiagram(events).lanes[0]).toMatchObject({
      ending: 'error',
      note: 'Error: no <b>moon</b>',
    });

    const listened: ReturnType<typeof eventAt>[] = [];
    const waiting = lambda(() => concat(of('a'), NEVER), { name: 'waiting' });
    const listener = (value: never) => listened.push({ value, timestamp: 1 });
    const run = waiting.stream$('x', { listeners: [listener as never] }).subscribe();
    run.unsubscribe();
    expect(toDiagram(listened).lanes[0]).toMatchObject({ ending: 'unsubscribed' });
  });

  it('is the fold of a live run at each of its events', async () => {
    const live: unknown[] = [];
    const events: ReturnType<typeof eventAt>[] = [];
    await timedEvents(
      agent()
        .events$({ question: 'Sun?' })
        .pipe(
          timestamp(),
          map((event) => {
            events.push(event);
            return event;
          }),
          scan(growDiagram, EMPTY_DIAGRAM),
          map((diagram) => {
            live.push(json(diagram));
            return undefined as never;
          }),
          takeUntil(timer(5000)),
        ),
    );
    expect(live.length).toBe(events.length);
    live.forEach((diagram, index) => {
      expect(json(toDiagram(events.slice(0, index + 1)))).toEqual(diagram);
    });
  });

  it('is the same for events and for their JSON', async () => {
    const events = await timedEvents(agent().events$({ question: 'Sun?' }));
    expect(json(toDiagram(json(events) as typeof events))).toEqual(json(toDiagram(events)));
  });

  it('never changes a diagram, never throws and never goes back in time, whatever the events', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        let diagram = EMPTY_DIAGRAM;
        for (const event of events) {
          const before = JSON.stringify(diagram);
          const grown = growDiagram(diagram, event);
          expect(JSON.stringify(diagram)).toBe(before);
          expect(grown.duration).toBeGreaterThanOrEqual(diagram.duration);
          diagram = grown;
        }
        expect(diagram.events).toBe(events.length);
        expect(new Set(diagram.lanes.map(({ id }) => id)).size).toBe(diagram.lanes.length);
        for (const { marks } of diagram.lanes)
          expect(marks.map(({ at }) => at)).toEqual(
            marks.map(({ at }) => at).sort((a, b) => a - b),
          );
      }),
    );
  });

  it('keeps a wait for a retry, and cuts it off where the run ends', () => {
    const retry = { attempt: 1, delayMs: 500, error: { code: 'rate_limit', message: 'slow down' } };
    const events = [
      eventAt(0, 'on_chat_model_start'),
      eventAt(10, 'on_chat_model_retry', { data: retry }),
    ];
    const wait = { from: 10, to: 510, text: 'attempt 1 failed: rate_limit: slow down' };
    expect(toDiagram(events).lanes[0]!.waits).toEqual([wait]);
    const cancelled = toDiagram([...events, eventAt(100, 'on_chat_model_cancel')]);
    expect(cancelled.lanes[0]!.waits).toEqual([{ ...wait, to: 100 }]);
  });

  it('counts runs beyond 200 and draws none of them', () => {
    const starts = Array.from({ length: 250 }, (_, index) =>
      eventAt(index, 'on_chain_start', { run_id: String(index) }),
    );
    expect(toDiagram(starts)).toMatchObject({ omitted: 50, events: 250 });
  });

  it('takes a model’s usage from its chunks and its end', () => {
    const usage = { input_tokens: 3, output_tokens: 7 };
    const [start, ...rest] = modelEvents(['a', 'b']);
    const end = { ...rest.pop()!, value: { ...start!.value, event: 'on_chat_model_end' } };
    const withUsage = { ...end.value, data: { output: chunkOf('ab', { usage_metadata: usage }) } };
    const { lanes } = toDiagram([start!, ...rest, { ...end, value: withUsage as never }]);
    expect(lanes[0]!.usage).toEqual(usage);
  });

  it('costs an event what it costs, however many there were', () => {
    const count = 20_000;
    let diagram = EMPTY_DIAGRAM;
    for (const event of modelEvents(Array<string>(count).fill('x')))
      diagram = growDiagram(diagram, event);
    expect(diagram.lanes[0]!.marks.length).toBe(count + 1);
  });
});
