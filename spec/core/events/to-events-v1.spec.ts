import { EMPTY, from, NEVER, Observable, take, throwError } from 'rxjs';
import { lambda, type RunEvent } from 'rxlm';
import { toEventsV1 } from '../../../lib/core/events/to-events-v1.js';
import { saying } from '../../support/models.js';
import { watch } from '../../support/run-events.js';

const broken = new Error('broken');

const eventsOf = (events: readonly unknown[]) => from(events as RunEvent[]).pipe(toEventsV1());
const event = (name: string, data: unknown = {}, parent_ids: string[] = []) => ({
  event: name,
  name: 'n',
  run_id: 'r',
  parent_ids,
  tags: [],
  metadata: {},
  data,
});

describe('[7] toEventsV1', () => {
  it('drops custom events, and keeps on_chat_model_* as it is', () => {
    const kept = [event('on_chat_model_start'), event('on_chat_model_stream', { chunk: 1 })];
    expect(watch(eventsOf([...kept, event('on_custom_event')])).values).toEqual(kept);
  });

  it('ends a nested model with its generations', () => {
    const output = { text: 'hi' };
    const [end] = watch(
      eventsOf([event('on_chat_model_end', { output, input: 'q' }, ['parent'])]),
    ).values;
    expect(end!.data).toEqual({
      input: 'q',
      output: {
        generations: [
          [{ text: 'hi', generation_info: null, type: 'ChatGeneration', message: output }],
        ],
        llm_output: null,
        run: null,
        type: 'LLMResult',
      },
    });
  });

  it('says of a nested model whether it has streamed', () => {
    const output = { text: 'hi' };
    const typeOf = (count: number) =>
      watch(
        eventsOf([
          ...Array<object>(count).fill(event('on_chat_model_stream', { chunk: 'h' }, ['p'])),
          event('on_chat_model_end', { output }, ['p']),
        ]),
      ).values.at(-1)!.data;
    const recorded = (type: string) => ({ output: { generations: [[{ type }]] } });
    expect(typeOf(1)).toMatchObject(recorded('ChatGeneration'));
    expect(typeOf(2)).toMatchObject(recorded('ChatGenerationChunk'));
  });

  it('has no parent_ids', () => {
    const nested = event('on_chain_start', {}, ['a', 'b']);
    expect(watch(eventsOf([nested])).values).toEqual([{ ...nested, parent_ids: [] }]);
  });

  it.each(['tool', 'retriever'])('a %s that is the root reports its whole as a chunk', (type) => {
    const end = event(`on_${type}_end`, { output: ['a'] });
    const chunk = event(`on_${type}_stream`, { chunk: ['a'] });
    expect(watch(eventsOf([end])).values).toEqual([chunk, end]);
    const nothing = event(`on_${type}_end`);
    expect(watch(eventsOf([nothing])).values[0]!.data).toEqual({ chunk: undefined });
    expect(watch(eventsOf([event(`on_${type}_error`)])).values).toHaveLength(1);
  });

  it('ends a nested retriever with its documents, and a nested tool as it is', () => {
    const nested = (type: string, output: unknown) =>
      event(`on_${type}_end`, { output, input: 1 }, ['p']);
    const { values } = watch(eventsOf([nested('retriever', ['d']), nested('tool', 't')]));
    expect(values.map(({ data }) => data)).toEqual([
      { output: { documents: ['d'] }, input: 1 },
      { output: 't', input: 1 },
    ]);
  });

  it('ends a root model with its message', () => {
    const end = event('on_chat_model_end', { output: { text: 'hi' } });
    expect(watch(eventsOf([end])).values).toEqual([end]);
  });

  it('is what events$ gives for version v1', () => {
    const chain = lambda((q: string, config) => saying('a').stream$(q, config));
    const { values } = watch(chain.events$('q', { version: 'v1' }));
    const end = values.find(({ event: name }) => name === 'on_chat_model_end');
    expect(end!.data).toHaveProperty('output.generations');
    expect(watch(chain.events$('q')).values).toHaveLength(values.length);
  });

  it('passes errors, reaches its source when left, and stops a synchronous one early', () => {
    expect(watch(throwError(() => broken).pipe(toEventsV1() as never)).ended).toEqual({
      error: broken,
    });
    const left = jest.fn();
    watch(new Observable<RunEvent>(() => left).pipe(toEventsV1())).leave();
    expect(left).toHaveBeenCalledTimes(1);
    const endless$ = new Observable<RunEvent>((subscriber) => {
      while (!subscriber.closed) subscriber.next(event('on_chain_stream') as RunEvent);
    });
    expect(watch(endless$.pipe(toEventsV1(), take(2))).values).toHaveLength(2);
    expect(watch(NEVER.pipe(toEventsV1())).ended).toBeUndefined();
    expect(watch(EMPTY.pipe(toEventsV1())).ended).toBe('complete');
  });
});
