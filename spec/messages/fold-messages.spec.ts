import { firstValueFrom, from, map, Observable, of, Subject, takeUntil, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { AIMessageChunk } from '../../lib/messages/ai-message-chunk.js';
import { foldMessages } from '../../lib/messages/fold-messages.js';

const run = (test: Parameters<TestScheduler['run']>[0]) => {
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  }).run(test);
};
const values = { a: new AIMessageChunk('gold'), b: new AIMessageChunk('fish') };

describe('foldMessages', () => {
  it('[13] emits the message when its chunks are complete', () => {
    run(({ cold, expectObservable, expectSubscriptions }) => {
      const chunks$ = cold('-a-b-|', values);
      const text$ = chunks$.pipe(
        foldMessages(),
        map(({ text }) => text),
      );
      expectObservable(text$).toBe('-----(m|)', { m: 'goldfish' });
      expectSubscriptions(chunks$.subscriptions).toBe('^----!');
    });
  });

  it('passes errors, and nothing of the message', () => {
    run(({ cold, expectObservable, expectSubscriptions }) => {
      const chunks$ = cold('-a-#', values);
      expectObservable(chunks$.pipe(foldMessages())).toBe('---#');
      expectSubscriptions(chunks$.subscriptions).toBe('^--!');
    });
  });

  it('unsubscribes from its source', () => {
    run(({ cold, expectObservable, expectSubscriptions }) => {
      const chunks$ = cold('-a-b-|', values);
      expectObservable(chunks$.pipe(foldMessages()), '--!').toBe('---');
      expectSubscriptions(chunks$.subscriptions).toBe('^-!');
    });
  });

  it('stops a synchronous source when its subscriber leaves', () => {
    const left = new Subject<void>();
    let asked = 0;
    const endless$ = new Observable<AIMessageChunk>((subscriber) => {
      while (!subscriber.closed) {
        asked += 1;
        subscriber.next(values.a);
        if (asked === 3) left.next();
      }
    });
    endless$.pipe(foldMessages(), takeUntil(left)).subscribe();
    expect(asked).toBe(3);
  });

  it('makes an empty message of no chunks', async () => {
    const message = await firstValueFrom(from([]).pipe(foldMessages()));
    expect(message).toMatchObject({ type: 'ai', content: '', tool_calls: [] });
  });

  it('begins anew with each subscription', async () => {
    const message$ = of(values.a, values.b).pipe(foldMessages());
    expect((await firstValueFrom(message$)).text).toBe('goldfish');
    expect((await firstValueFrom(message$)).text).toBe('goldfish');
  });

  it('gives the last message where an attempt was begun anew', async () => {
    const chunks$ = of(
      new AIMessageChunk({ content: 'gol', id: 'run-1' }),
      new AIMessageChunk({ content: 'silver', id: 'run-2' }),
      new AIMessageChunk({ content: 'fish', id: 'run-2' }),
    );
    const messages = await firstValueFrom(chunks$.pipe(foldMessages(), toArray()));
    expect(messages.map(({ id, text }) => [id, text])).toEqual([['run-2', 'silverfish']]);
  });
});
