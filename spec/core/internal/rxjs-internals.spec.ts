import { map, Observable, Subject, type Subscriber, tap } from 'rxjs';
import { InterposedSubscriber, nextConsumer } from '../../../lib/core/internal/rxjs-internals.js';

/** What the innermost subscriber of a pipeline leads to, one after the other. */
function chainOf(subscribe: (source$: Observable<number>) => void): object[] {
  const chain: object[] = [];
  subscribe(
    new Observable<number>((subscriber) => {
      let next: object | undefined = subscriber;
      while (next !== undefined) {
        chain.push(next);
        next = nextConsumer(next);
      }
    }),
  );
  return chain;
}

describe('nextConsumer', () => {
  it('leads through operators to the observer', () => {
    const observer = { next: () => undefined };
    const chain = chainOf((source$) =>
      source$
        .pipe(
          map((n) => n),
          tap(),
        )
        .subscribe(observer),
    );
    expect(chain.at(-1)).toBe(observer);
    expect(chain.length).toBeGreaterThan(3);
  });

  it('ends at a Subject', () => {
    const chain = chainOf((source$) => source$.subscribe(new Subject<number>()));
    expect(chain.at(-1)).toBeInstanceOf(Subject);
  });
});

/** Emits a value and fails. */
function lose(subscriber: Subscriber<number>): void {
  subscriber.next(1);
  subscriber.error('lost');
}

describe('InterposedSubscriber', () => {
  it('passes values and an error on, and nothing after that', () => {
    const heard: unknown[] = [];
    new Observable<number>((subscriber) => {
      const between = new InterposedSubscriber<number>(subscriber);
      lose(between);
      between.next(2);
      return between;
    }).subscribe({ next: (value) => heard.push(value), error: (error) => heard.push(error) });
    expect(heard).toEqual([1, 'lost']);
  });

  it('leads to its consumer, and is closed with it', () => {
    let between: InterposedSubscriber<number> | undefined;
    const subscription = new Observable<number>((subscriber) => {
      between = new InterposedSubscriber<number>(subscriber);
      expect(nextConsumer(between)).toBe(subscriber);
      return between;
    }).subscribe();
    expect(between?.closed).toBe(false);
    subscription.unsubscribe();
    expect(between?.closed).toBe(true);
  });
});
