import { concat, NEVER, Observable, of, Subject, throwError, VirtualTimeScheduler } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { GATE } from '../../../lib/core/demand/gate.js';
import { ModelError } from '../../../lib/errors/model-error.js';
import { sendFrames } from '../../../lib/sse/server/send-frames.js';
import type { SseOptions } from '../../../lib/sse/server/sse-options.js';
import type { SseSource } from '../../../lib/sse/server/sse-source.js';
import { parseSse } from '../sse-events.js';

/** A client that takes all, or nothing before it is said to. */
function send<T>(source: SseSource<T>, options: SseOptions<T> = { heartbeatMs: false }) {
  const client = { takes: true, text: '', ended: 0, dropped: 0 };
  const sending = sendFrames(
    source,
    {
      write(text) {
        client.text += text;
        return client.takes;
      },
      end: () => (client.ended += 1),
      drop: () => (client.dropped += 1),
    },
    options,
  );
  return { client, sending, events: () => parseSse(client.text) };
}

describe('sendFrames', () => {
  it('(T088) sends something at once, each value as it comes, and how it ended', () => {
    const source$ = new Subject<string>();
    const { client, events } = send(source$);
    expect(client.text).toBe(': ok\n\n');
    source$.next('gold');
    expect(events()).toMatchObject([{ id: '1', data: '"gold"' }]);
    source$.complete();
    expect(events().at(-1)).toMatchObject({ event: 'end', id: '2' });
    expect(client).toMatchObject({ ended: 1, dropped: 0 });
  });

  it('[4][21] (T092) sends an error after the values before it, with a safe text', () => {
    const error = new ModelError('sk-secret', { code: 'overloaded', provider: 'anthropic' });
    const { client, events } = send(
      concat(
        of('gold'),
        throwError(() => error),
      ),
    );
    expect(events()).toMatchObject([{ data: '"gold"' }, { event: 'error' }]);
    expect(JSON.parse(events()[1]!.data)).toMatchObject({ code: 'overloaded' });
    expect(client.text).not.toContain('secret');
    expect(client.ended).toBe(1);
  });

  it('sends what a source that cannot be made fails with', () => {
    const { events } = send(() => {
      throw new TypeError('no such input');
    });
    expect(events()).toMatchObject([{ event: 'error' }]);
  });

  it('[19] merges what waits for a slow client, asks the source to wait, and goes on', () => {
    const source$ = new Subject<string>();
    let closed: () => boolean = () => false;
    const { client, sending, events } = send((config) => {
      config[GATE]?.heed();
      closed = () => config[GATE]?.closed === true;
      return source$;
    });
    client.takes = false;
    source$.next('a');
    expect(closed()).toBe(true);
    for (const value of ['b', 'c', 'd']) source$.next(value);
    expect(events()).toHaveLength(1);
    client.takes = true;
    sending.resume();
    expect(closed()).toBe(false);
    expect(events().map(({ id, data }) => [id, data])).toEqual([
      ['1', '"a"'],
      ['4', '"bcd"'],
    ]);
  });

  it.each([
    ['the end', (source$: Subject<string>) => source$.complete(), { event: 'end', id: '5' }],
    ['an error', (source$: Subject<string>) => source$.error(1), { event: 'error', id: '5' }],
  ])(
    '[4] sends what waits before %s, in the order of the ids, and ends when it is taken',
    (_, how, last) => {
      const source$ = new Subject<string>();
      const { client, sending, events } = send(source$);
      client.takes = false;
      for (const value of ['a', 'b', 'c', 'd']) source$.next(value);
      how(source$);
      expect(events()).toHaveLength(1);
      expect(client.ended).toBe(0);
      client.takes = true;
      sending.resume();
      expect(events()).toMatchObject([{ id: '1', data: '"a"' }, { id: '4', data: '"bcd"' }, last]);
      expect(client).toMatchObject({ ended: 1, dropped: 0 });
      sending.resume();
      expect(client.ended).toBe(1);
    },
  );

  it.each([
    ['at once', true],
    ['what waits', false],
  ])('[6] reports a value that JSON has no words for as a failure of the run: %s', (_, takes) => {
    const source$ = new Subject<unknown>();
    const { client, sending, events } = send(source$);
    client.takes = takes;
    for (const value of [{ a: 1 }, { b: 2 }, { c: 3n }]) source$.next(value);
    client.takes = true;
    sending.resume();
    expect(events()).toMatchObject([
      { data: '{"a":1}' },
      { data: '{"b":2}' },
      { event: 'error', data: expect.stringContaining('internal') as unknown },
    ]);
    expect(client.ended).toBe(1);
    expect(source$.observed).toBe(false);
  });

  it('[6] also where it waits for the end', () => {
    const source$ = new Subject<unknown>();
    const { client, sending, events } = send(source$);
    client.takes = false;
    for (const value of [{ a: 1 }, { b: 2 }, { c: 3n }]) source$.next(value);
    source$.complete();
    client.takes = true;
    sending.resume();
    expect(events().map(({ event }) => event)).toEqual([undefined, undefined, 'error']);
    expect(client.ended).toBe(1);
  });

  it('[19] (T083) bounds also what merges, if the source cannot wait', () => {
    const source$ = new Subject<string>();
    const { client } = send(source$);
    client.takes = false;
    for (let index = 0; index < 1000 && client.dropped === 0; index += 1)
      source$.next('x'.repeat(1000));
    expect(client.dropped).toBe(1);
    expect(source$.observed).toBe(false);
  });

  it('[19] (T083) closes a client for whom too much waits, if the source cannot wait', () => {
    const source$ = new Subject<number>();
    const { client } = send(source$, { heartbeatMs: false, maxBuffered: 100 });
    client.takes = false;
    for (let value = 0; value < 20; value += 1) source$.next(value);
    expect(client).toMatchObject({ dropped: 1, ended: 0 });
    expect(source$.observed).toBe(false);
  });

  it('[19] (T083) lets one value wait, however large, and closes a client for whom another waits beside it', () => {
    const source$ = new Subject<object>();
    const { client } = send(source$, { heartbeatMs: false, maxBuffered: 1000 });
    client.takes = false;
    source$.next({ text: '' });
    source$.next({ text: 'x'.repeat(1000) });
    expect(client.dropped).toBe(0);
    source$.next({ text: '' });
    expect(client.dropped).toBe(1);
    expect(source$.observed).toBe(false);
  });

  it('gives a client what is large piece by piece, whole, and no character in halves', () => {
    const text = `${'x'.repeat(2 ** 16 - 7)}${'🐟'.repeat(2 ** 17)}`;
    const pieces: string[] = [];
    const sending = sendFrames(
      of(text),
      { write: (piece) => pieces.push(piece) < 0, end: () => undefined, drop: () => undefined },
      { heartbeatMs: false, maxBuffered: Infinity },
    );
    for (let before = 0; before < pieces.length;) {
      before = pieces.length;
      sending.resume();
    }
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.every((piece) => piece.length <= 2 ** 16 && !/\p{Surrogate}/u.test(piece))).toBe(
      true,
    );
    expect(parseSse(pieces.join(''))).toMatchObject([
      { data: JSON.stringify(text) },
      { event: 'end' },
    ]);
  });

  it.each([
    ['none that takes some of it', 9, { ended: 1, dropped: 0 }],
    ['one that takes nothing', 11, { ended: 0, dropped: 1 }],
  ])('[19] closes, of clients that are slow, %s within the time of a stall', (_, ms, outcome) => {
    const scheduler = new VirtualTimeScheduler();
    const source$ = new Subject<string>();
    const { client, sending } = send(source$, { heartbeatMs: false, stallMs: 10, scheduler });
    client.takes = false;
    source$.next('x'.repeat(2 ** 18));
    source$.complete();
    for (let piece = 1; piece <= 6; piece += 1)
      scheduler.schedule(() => {
        sending.resume();
      }, piece * ms);
    scheduler.flush();
    expect(client).toMatchObject(outcome);
  });

  it('[2] unsubscribes from the source when the client leaves, also while it takes nothing', () => {
    const source$ = new Subject<string>();
    const { client, sending } = send(source$);
    client.takes = false;
    source$.next('a');
    sending.stop();
    expect(source$.observed).toBe(false);
    expect(client).toMatchObject({ dropped: 0, ended: 0 });
    sending.resume();
    expect(parseSse(client.text)).toHaveLength(1);
  });

  it('stops a synchronous source early', () => {
    let made = 0;
    const endless$ = new Observable<number>((subscriber) => {
      while (!subscriber.closed && made < 100_000) subscriber.next(made++);
    });
    const slow = sendFrames(
      endless$,
      { write: () => false, end: () => undefined, drop: () => undefined },
      { heartbeatMs: false, maxBuffered: 1000 },
    );
    expect(made).toBeLessThan(200);
    slow.stop();
  });

  it('[20] (T089, T079) sends comments in silence, none to a client that takes nothing, and closes a stalled one', () => {
    const scheduler = new TestScheduler(() => undefined);
    scheduler.run(({ cold }) => {
      const { client } = send(cold('a-------').pipe(), {
        heartbeatMs: 10,
        stallMs: 30,
        scheduler,
      });
      scheduler.schedule(() => {
        expect(client.text.match(/: ping/g)).toHaveLength(2);
        client.takes = false;
      }, 25);
      scheduler.schedule(() => {
        expect(client.text.match(/: ping/g)).toHaveLength(3);
        expect(client.dropped).toBe(0);
      }, 55);
      scheduler.schedule(() => {
        expect(client.dropped).toBe(1);
      }, 65);
    });
  });

  it('leaves no clock behind', () => {
    const scheduler = new TestScheduler(() => undefined);
    const { sending } = send(NEVER, { scheduler });
    sending.stop();
    expect(scheduler.actions.filter((action) => !action.closed)).toEqual([]);
  });

  it('leaves no clock behind where it closes a client', () => {
    const scheduler = new TestScheduler(() => undefined);
    const source$ = new Subject<number>();
    const { client } = send(source$, { scheduler, maxBuffered: 100 });
    client.takes = false;
    for (let value = 0; value < 20; value += 1) source$.next(value);
    expect(client.dropped).toBe(1);
    expect(scheduler.actions.filter((action) => !action.closed)).toEqual([]);
  });
});
