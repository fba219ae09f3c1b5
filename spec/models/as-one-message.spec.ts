import { concat, of, Subject, throwError } from 'rxjs';
import { AIMessageChunk, type AIMessageChunkFields, ModelError, type OpenRun } from 'rxlm';
import { asOneMessage } from '../../lib/models/as-one-message.js';
import { watch } from '../support/run-events.js';

const open = (): OpenRun => ({ runId: 'r', whole: undefined }) as unknown as OpenRun;
const text = (content: string) => new AIMessageChunk(content);

describe('asOneMessage', () => {
  it('[14] gives all chunks the id of the run, and leaves the author’s objects alone', () => {
    const chunks = [text('gold'), text('fish')];
    const { values } = watch(of(...chunks).pipe(asOneMessage(open())));
    expect(values.map(({ id, content }) => [id, content])).toEqual([
      ['run-r', 'gold'],
      ['run-r', 'fish'],
    ]);
    expect(chunks.map(({ id }) => id)).toEqual([undefined, undefined]);
  });

  it('[14] keeps all else of a chunk', () => {
    const fields: Required<Omit<AIMessageChunkFields, 'id'>> = {
      content: [{ type: 'text', text: 'a', index: 0 }],
      name: 'n',
      additional_kwargs: { a: 1 },
      response_metadata: { id: 'msg_1' },
      tool_calls: [{ type: 'tool_call', id: 'c', name: 't', args: {} }],
      invalid_tool_calls: [{ type: 'invalid_tool_call', id: 'd', args: '{', error: 'e' }],
      usage_metadata: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
      tool_call_chunks: [{ index: 0, args: '{' }],
      finish_reason: 'stop',
    };
    const { values } = watch(of(new AIMessageChunk(fields)).pipe(asOneMessage(open())));
    expect(values[0]).toEqual(new AIMessageChunk({ ...fields, id: 'run-r' }));
  });

  it('[14] leaves a chunk that has an id as it is', () => {
    const chunk = new AIMessageChunk({ content: 'a', id: 'other' });
    expect(watch(of(chunk).pipe(asOneMessage(open()))).values[0]).toBe(chunk);
  });

  it('says at any time where the message so far is', () => {
    const run = open();
    const chunks$ = new Subject<AIMessageChunk>();
    watch(chunks$.pipe(asOneMessage(run)));
    chunks$.next(text('gold'));
    expect(run.whole?.()).toMatchObject({ content: 'gold', id: 'run-r' });
    chunks$.next(text('fish'));
    expect(run.whole?.()).toMatchObject({ content: 'goldfish' });
  });

  it('[4] gives a ModelError the message so far, and any other error as it is', () => {
    const error = new ModelError('cut', { code: 'truncated', provider: 'p' });
    const run = watch(
      concat(
        of(text('gold')),
        throwError(() => error),
      ).pipe(asOneMessage(open())),
    );
    expect(run.ended).toEqual({ error });
    expect(error).toMatchObject({ emitted: true, partial: { content: 'gold', id: 'run-r' } });
    const other = new Error('broken');
    expect(watch(throwError(() => other).pipe(asOneMessage(open()))).ended).toEqual({
      error: other,
    });
  });

  it('[4] says that nothing was emitted where nothing was', () => {
    const error = new ModelError('cut', { code: 'truncated', provider: 'p' });
    watch(throwError(() => error).pipe(asOneMessage(open())));
    expect([error.emitted, 'partial' in error]).toEqual([false, false]);
  });

  it('begins anew for each subscription', () => {
    const run = open();
    const named$ = of(text('a')).pipe(asOneMessage(run));
    watch(named$);
    watch(named$);
    expect(run.whole?.()).toMatchObject({ content: 'a' });
  });
});
