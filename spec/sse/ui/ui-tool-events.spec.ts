import type { RunEvent } from 'rxlm';
import { checkUIOptions, type UIMessageStreamOptions } from '../../../lib/sse/ui/ui-options';
import { UIToolEvents } from '../../../lib/sse/ui/ui-tool-events';

const event = (name: string, of: string, data: unknown, run_id = 't', parent_ids = ['r']) =>
  ({ event: name, name: of, run_id, parent_ids, tags: [], metadata: {}, data }) as RunEvent;
const starts = event('on_tool_start', 'weather', { input: {}, tool_call_id: 'c1' });
const progress = (data: unknown) => event('on_custom_event', 'tool_progress', data);
const written = (options: UIMessageStreamOptions, events: RunEvent[], open = ['c1']) => {
  const writer = new UIToolEvents(checkUIOptions(options), (id) => open.includes(id));
  return events.flatMap((each) => [...writer.add(each)]);
};

describe('the progress of a tool', () => {
  it('is its output so far', () => {
    expect(written({ toolProgress: true }, [starts, progress({ n: 1 }), progress('two')])).toEqual([
      { type: 'tool-output-available', toolCallId: 'c1', output: { n: 1 }, preliminary: true },
      { type: 'tool-output-available', toolCallId: 'c1', output: 'two', preliminary: true },
    ]);
  });

  it('is what a function makes of it, if anything', () => {
    const toolProgress = (value: unknown, call: object) =>
      value === 2 ? undefined : { value, call };
    expect(written({ toolProgress }, [starts, progress(1), progress(2)])).toMatchObject([
      { output: { value: 1, call: { toolCallId: 'c1', toolName: 'weather' } } },
    ]);
  });

  it.each<[string, UIMessageStreamOptions, RunEvent[], string[]]>([
    ['unless it is asked for', {}, [starts, progress(1)], ['c1']],
    ['of a tool without a call', { toolProgress: true }, [progress(1)], ['c1']],
    ['of a call that the page does not know', { toolProgress: true }, [starts, progress(1)], []],
    [
      'once the tool is over',
      { toolProgress: true },
      [starts, event('on_tool_end', 'weather', {}), progress(1)],
      ['c1'],
    ],
  ])('is not shown %s', (_, options, events, open) => {
    expect(written(options, events, open)).toEqual([]);
  });
});

describe('a custom event', () => {
  it('is a part of data, which a later one of its id replaces', () => {
    const customEvents = {
      weather: (data: unknown, call: unknown) => ({ id: 'graz', data: { data, call } }),
      note: (data: unknown) => (data === 0 ? undefined : { data, transient: true }),
    };
    const inside = event('on_custom_event', 'weather', 21, 'deep', ['r', 't', 'x']);
    expect(
      written({ customEvents }, [
        starts,
        inside,
        event('on_custom_event', 'note', 0, 'r', []),
        event('on_custom_event', 'note', 'hm', 'r', []),
        event('on_custom_event', 'other', 1, 'r', []),
      ]),
    ).toEqual([
      {
        type: 'data-weather',
        id: 'graz',
        data: { data: 21, call: { toolCallId: 'c1', toolName: 'weather' } },
      },
      { type: 'data-note', data: 'hm', transient: true },
    ]);
  });

  it('is text where the AI SDK refuses to read it', () => {
    const data = JSON.parse('{"__proto__":1}') as unknown;
    expect(written({ customEvents: ['a'] }, [event('on_custom_event', 'a', data)])).toEqual([
      { type: 'data-a', data: '{"__proto__":1}' },
    ]);
  });
});
