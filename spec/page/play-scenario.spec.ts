import { lastValueFrom } from 'rxjs';
import { runToMarbles } from '../../lib/marbles/run-to-marbles';
import { toDiagram } from '../../lib/marbles/to-diagram';
import type { TimedRunEvent } from '../../lib/marbles/diagram';
import { playScenario } from '../../lib/page/play-scenario';
import { SCENARIOS } from '../../lib/page/scenarios';

const options = { id: 'run-of-spec', speed: 100, chunk: 0 };

async function play(name: string, chunk = 0) {
  const events: TimedRunEvent[] = [];
  const run$ = playScenario(SCENARIOS[name]!, { ...options, chunk }, (event) => events.push(event));
  const error: unknown = await lastValueFrom(run$, { defaultValue: undefined }).catch(
    (e: unknown) => e,
  );
  return { events, error, diagram: toDiagram(events) };
}
async function until(done: () => boolean) {
  for (let turn = 0; turn < 500 && !done(); turn++) await new Promise((r) => setTimeout(r, 10));
}

describe('playScenario', () => {
  it('does nothing before it is subscribed to', () => {
    const heard: unknown[] = [];
    playScenario(SCENARIOS['text']!, options, (event) => heard.push(event));
    expect(heard).toEqual([]);
  });

  it.each([
    ['overloaded', { code: 'overloaded' }],
    ['stall', { code: 'timeout' }],
    ['cut', { code: 'connection' }],
    ['malformed', { code: 'not_json' }],
  ])('fails with the typed error of: %s', async (name, error) => {
    const played = await play(name);
    expect(played.error).toMatchObject(error);
    expect(played.diagram.lanes[0]!.ending).toBe('error');
  });

  it('repeats an attempt after a 429, over a connection each', async () => {
    const { diagram } = await play('retry');
    const lanes = (type: string) => diagram.lanes.filter((lane) => lane.type === type);
    expect(lanes('wire')).toHaveLength(2);
    expect(lanes('chat_model')[0]!.waits).toHaveLength(1);
    expect(diagram.lanes[0]!.ending).toBe('complete');
  });

  it('runs two tools at once', async () => {
    const { events, diagram } = await play('tools');
    const [first, second] = diagram.lanes.filter(({ type }) => type === 'tool');
    expect(second!.startedAt).toBeLessThan(first!.endedAt!);
    expect(runToMarbles(events)).toMatch(/^ {6}reasoning +-+r/m);
  });

  it('cuts the answer into writes of the asked size', async () => {
    const { diagram } = await play('object', 16);
    const wire = diagram.lanes.find(({ type }) => type === 'wire')!;
    const sizes = wire.marks.filter(({ kind }) => kind === 'bytes').map(({ size }) => size);
    expect(sizes.length).toBeGreaterThan(100);
    expect(Math.max(...sizes)).toBe(16);
  });

  it('closes the socket when it is unsubscribed, and reports what was not generated', async () => {
    const events: TimedRunEvent[] = [];
    const slow = { ...options, speed: 2 };
    const run = playScenario(SCENARIOS['text']!, slow, (event) => events.push(event)).subscribe();
    await until(() => events.some(({ value }) => value.event === 'on_parser_stream'));
    run.unsubscribe();
    const wire = () => toDiagram(events).lanes.find(({ type }) => type === 'wire');
    await until(() => wire()?.ending !== undefined);
    expect(wire()).toMatchObject({ ending: 'unsubscribed' });
    expect(wire()!.note).toMatch(/^client closed; \d\d tokens not generated$/);
    expect(toDiagram(events).lanes[0]!.ending).toBe('unsubscribed');
  });

  it('may be unsubscribed before its server is there', async () => {
    const events: TimedRunEvent[] = [];
    playScenario(SCENARIOS['text']!, options, (event) => events.push(event))
      .subscribe()
      .unsubscribe();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(events).toEqual([]);
  });
});
