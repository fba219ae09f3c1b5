import { expectTypeOf } from 'expect-type';
import {
  concatMap,
  from,
  lastValueFrom,
  map,
  mergeMap,
  type Observable,
  of,
  reduce,
  Subject,
  take,
  toArray,
} from 'rxjs';
import {
  AIMessageChunk,
  type AnyMessage,
  blocks,
  type ContentBlock,
  type ContentBlockStream,
  type GrowingToolCall,
  type RunEvent,
} from 'rxlm';
import { event, streamEvent } from './event.js';
import { itIsAnOperator, marbles } from './quartet.js';

type Input = AnyMessage | RunEvent;
const chunk = (...content: { type: string; [key: string]: unknown }[]) =>
  new AIMessageChunk({ id: 'm', content });
const think = (thinking: string, index = 0) => chunk({ index, type: 'thinking', thinking });
const text = (text: string, index = 1) => chunk({ index, type: 'text', text });
const piece = (args: string, id?: string) =>
  new AIMessageChunk({
    id: 'm',
    content: [{ index: 2, type: 'tool_use', input: args }],
    tool_call_chunks: [{ index: 2, args, ...(id === undefined ? {} : { id, name: 'weather' }) }],
  });
const called = new AIMessageChunk({
  id: 'm',
  content: [{ index: 2, type: 'tool_use', input: { a: 1 } }],
  tool_calls: [{ type: 'tool_call', id: 'c', name: 'weather', args: { a: 1 } }],
});

/** The blocks one after the other, with what each has brought. */
const seen = (...values: Input[]) =>
  lastValueFrom(
    from(values).pipe(
      blocks(),
      concatMap((block) =>
        (block as Observable<unknown>).pipe(
          toArray(),
          map((all) => [block.kind, all.map(brief)] as const),
        ),
      ),
      toArray(),
    ),
  );
const brief = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'argsText' in value
    ? `${(value as GrowingToolCall).status} ${(value as GrowingToolCall).argsText}`
    : value;

describe('blocks', () => {
  itIsAnOperator(
    () => (source$: Observable<Input>) =>
      source$.pipe(
        blocks(),
        mergeMap((block) => block as Observable<unknown>),
      ),
    text('a'),
  );

  it(
    'emits a block when it begins, which ends where the next one begins',
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const values = { s: think(''), a: think('a'), b: think('b'), c: text('c'), d: text('d') };
      const source$ = cold<Input>('-s-ab-cd-|', values);
      const opened = source$.pipe(
        blocks(),
        map(({ kind, messageId }) => `${kind} ${String(messageId)}`),
      );
      expectObservable(opened).toBe('-r----t--|', { r: 'reasoning m', t: 'text m' });
      expectSubscriptions(source$.subscriptions).toBe('^--------!');
      const again$ = hot<Input>('  -s-ab-cd-|', values);
      const inner = (kind: string) =>
        again$.pipe(
          blocks(),
          mergeMap((block) =>
            block.kind === kind
              ? (block as Observable<string>).pipe(toArray(), map(String))
              : of<string>(),
          ),
        );
      expectObservable(inner('reasoning')).toBe('------x--|', { x: 'a,b' });
      expectObservable(inner('text')).toBe('      ---------(x|)', { x: 'c,d' });
    }),
  );

  it(
    'passes an error to the open block and to the stream of blocks',
    marbles(({ cold, expectObservable }) => {
      const source$ = cold<Input>('-a-#', { a: text('a') }, 'lost');
      expectObservable(
        source$.pipe(
          blocks(),
          map(({ kind }) => kind),
        ),
      ).toBe('-t-#', { t: 'text' }, 'lost');
      const inner$ = source$.pipe(
        blocks(),
        take(1),
        mergeMap((block) => block as Observable<unknown>),
      );
      expectObservable(inner$).toBe('-a-#', undefined, 'lost');
    }),
  );

  it(
    'unsubscribes from its source when nobody is subscribed to it or to a block',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const lonely$ = cold<Input>('-a-b-|', { a: text('a'), b: text('b') });
      expectObservable(
        lonely$.pipe(
          blocks(),
          take(1),
          map(({ kind }) => kind),
        ),
      ).toBe('-(t|)', {
        t: 'text',
      });
      expectSubscriptions(lonely$.subscriptions).toBe('^!');
      const source$ = cold<Input>('-a-b-c-|', { a: think('a'), b: think('b'), c: text('c') });
      const first$ = source$.pipe(
        blocks(),
        take(1),
        mergeMap((block) => block as Observable<unknown>),
      );
      expectObservable(first$).toBe('-a-b-|');
      expectSubscriptions(source$.subscriptions).toBe('^----!');
    }),
  );

  it('gives a late subscriber the pieces from the beginning, of a call the latest state', () => {
    const source$ = new Subject<Input>();
    const opened: ContentBlockStream[] = [];
    source$.pipe(blocks()).subscribe((block) => opened.push(block));
    const late = (block?: ContentBlockStream) => {
      const values: unknown[] = [];
      const all$ = block as Observable<unknown>;
      all$.subscribe({
        next: (value) => values.push(brief(value)),
        complete: () => values.push('|'),
      });
      return values;
    };
    source$.next(think('a'));
    source$.next(think('b'));
    expect(late(opened[0])).toEqual(['a', 'b']);
    source$.next(piece('{"a":', 'c'));
    source$.next(piece('1}'));
    expect(late(opened[0])).toEqual(['a', 'b', '|']);
    expect(late(opened[1])).toEqual(['growing {"a":1}']);
    source$.next(called);
    expect(late(opened[1])).toEqual(['called {"a":1}', '|']);
  });

  it('emits text, reasoning, calls and other blocks, each as its kind', async () => {
    const search = { index: 3, type: 'server_tool_use', id: 's', name: 'web_search', input: '' };
    const input = { index: 3, type: 'input_json_delta', input: '{"q"' };
    expect(
      await seen(
        think('Hm'),
        chunk({ index: 0, type: 'thinking', signature: 'Eq' }),
        text('gold'),
        text('fish'),
        piece('', 'c'),
        piece('{"a":1}'),
        called,
        chunk(search),
        chunk(input),
        text('.', 4),
      ),
    ).toEqual([
      ['reasoning', ['Hm']],
      ['text', ['gold', 'fish']],
      ['tool_call', ['growing ', 'growing {"a":1}', 'called {"a":1}']],
      ['other', [search, input]],
      ['text', ['.']],
    ]);
  });

  it('reads a text without blocks, and messages one after the other', async () => {
    const say = (id: string, content: string) => new AIMessageChunk({ id, content });
    expect(await seen(say('m1', ''), say('m1', 'a'), say('m1', 'b'), say('m2', 'c'))).toEqual([
      ['text', ['a', 'b']],
      ['text', ['c']],
    ]);
  });

  it('ends a call that was not finished as invalid', async () => {
    expect(await seen(piece('{"a":', 'c'))).toEqual([
      ['tool_call', ['growing {"a":', 'invalid {"a":']],
    ]);
  });

  it('ends the blocks of a run that has ended, and of no other', () => {
    const source$ = new Subject<Input>();
    const ends: string[] = [];
    source$
      .pipe(
        blocks(),
        mergeMap((block) =>
          (block as Observable<string>).pipe(reduce((all, each) => all + each, '')),
        ),
      )
      .subscribe((said) => ends.push(said));
    const say = (content: string, run: string) =>
      source$.next(streamEvent(new AIMessageChunk({ id: `run-${run}`, content }), run));
    say('a', 'r');
    say('x', 's');
    say('b', 'r');
    expect(ends).toEqual([]);
    source$.next(event('on_chat_model_error', { run_id: 'r' }));
    expect(ends).toEqual(['ab']);
    say('y', 's');
    source$.complete();
    expect(ends).toEqual(['ab', 'xy']);
  });

  it('has types', () => {
    const narrow = (block: ContentBlockStream) => {
      if (block.kind === 'tool_call') return block.pipe(map(({ status }) => status));
      if (block.kind === 'other') return block.pipe(map((value): ContentBlock => value));
      return block.pipe(map((value) => value.length));
    };
    expectTypeOf(narrow).returns.toEqualTypeOf<
      Observable<GrowingToolCall['status']> | Observable<ContentBlock> | Observable<number>
    >();
  });
});
