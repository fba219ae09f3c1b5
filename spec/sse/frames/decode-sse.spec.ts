import { from, lastValueFrom, of, toArray } from 'rxjs';
import { decodeSse } from '../../../lib/sse/frames/decode-sse.js';
import { marbles } from '../../operators/quartet.js';

const decoded = (...pieces: (string | Uint8Array)[]) =>
  lastValueFrom(from(pieces).pipe(decodeSse(), toArray()));

describe('decodeSse', () => {
  it('[22] reads text and bytes, cut anywhere', async () => {
    const stream = ': hi\nid: 1\nevent: greeting\ndata: héllo 🐟\n\ndata: b\n\ndata: lost';
    const events = [
      { event: 'greeting', data: 'héllo 🐟', id: '1' },
      { event: 'message', data: 'b', id: '1' },
    ];
    const bytes = new TextEncoder().encode(stream);
    expect(await decoded(stream)).toEqual(events);
    expect(await decoded(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(events);
  });

  it('[27] errors for an event that is too large', async () => {
    const read = lastValueFrom(of(`data: ${'x'.repeat(50)}`).pipe(decodeSse({ maxEventSize: 20 })));
    await expect(read).rejects.toThrow(RangeError);
  });

  it(
    'reports events as they come, passes errors, and unsubscribes from its source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const pieces = { a: 'data: 1\n', b: '\n' };
      const one = { event: 'message', data: '1', id: '' };
      expectObservable(cold('-a-b-#', pieces).pipe(decodeSse())).toBe('---x-#', { x: one });
      const source$ = cold('-a-b----', pieces);
      expectObservable(source$.pipe(decodeSse()), '-----!').toBe('---x', { x: one });
      expectSubscriptions(source$.subscriptions).toBe('^----!');
    }),
  );
});
