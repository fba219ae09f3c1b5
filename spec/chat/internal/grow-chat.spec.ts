import { map } from 'rxjs';
import { growChat } from '../../../lib/chat/internal/grow-chat.js';
import { GrowingChat } from '../../../lib/chat/internal/growing-chat.js';
import { marbles } from '../../operators/quartet.js';

describe('growChat', () => {
  it(
    'grows the chat it is given at once, and shows that once a frame',
    marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
      const chat = new GrowingChat();
      const source$ = cold('-a-b|');
      const text$ = source$.pipe(
        growChat(chat, { frame: 9, scheduler }),
        map(({ status, text }) => `${status} ${text}`),
      );
      expectObservable(text$).toBe('sa--(d|)', { s: 'submitted ', a: 'streaming a', d: 'done ab' });
      expectObservable(cold('---x').pipe(map(() => chat.state.text))).toBe('---x', { x: 'ab' });
      expectSubscriptions(source$.subscriptions).toBe('^---!');
    }),
  );

  it(
    'ends with the chat: by an error, by a stop, by an unsubscribe',
    marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
      const frame = { frame: false, scheduler } as const;
      const status = map(({ status: each }: { readonly status: string }) => each);
      const values = { s: 'submitted', a: 'streaming', e: 'error', t: 'stopped' };
      const failing$ = cold('-a#');
      expectObservable(failing$.pipe(growChat(new GrowingChat(), frame), status)).toBe(
        'sa(e|)',
        values,
      );
      const source$ = cold('-a---');
      const stopped$ = source$.pipe(growChat(new GrowingChat(), frame, cold('--x')), status);
      expectObservable(stopped$).toBe('sa(t|)', values);
      const left$ = cold('-a---');
      expectObservable(left$.pipe(growChat(new GrowingChat(), frame), status), '--!').toBe(
        'sa',
        values,
      );
      expectSubscriptions(source$.subscriptions).toBe('^-!');
      expectSubscriptions(left$.subscriptions).toBe('^-!');
    }),
  );
});
