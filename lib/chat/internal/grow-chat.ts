import {
  catchError,
  concat,
  distinctUntilChanged,
  EMPTY,
  from,
  map,
  merge,
  NEVER,
  type ObservableInput,
  of,
  type OperatorFunction,
  Subject,
  takeUntil,
  takeWhile,
  tap,
  throttle,
  timer,
} from 'rxjs';
import type { ChatState } from '../chat-state.js';
import type { ChatInput } from '../chat-input.js';
import type { Frame } from './frame-rate.js';
import type { GrowingChat } from './growing-chat.js';

/** @internal Grows a chat by what comes, and emits its states: the first and the last at once, the others once a frame. */
export function growChat(
  chat: GrowingChat,
  { frame, scheduler }: Frame,
  stop: ObservableInput<unknown> = NEVER,
): OperatorFunction<ChatInput, ChatState> {
  return (source$) => {
    const ended = new Subject<void>();
    const change$ = source$.pipe(
      tap((value) => {
        chat.add(value);
      }),
      catchError((error: unknown) => {
        chat.end('error', error);
        return EMPTY;
      }),
      tap({
        complete: () => {
          chat.end('done');
          ended.next();
        },
      }),
    );
    const stop$ = from(stop).pipe(
      catchError(() => of(0)),
      tap(() => {
        chat.end('stopped');
      }),
    );
    const framed$ = change$.pipe(
      frame === false
        ? (every$) => every$
        : throttle(() => timer(frame, scheduler), { leading: true, trailing: true }),
      takeUntil(merge(ended, stop$)),
    );
    // The last state is emitted when the source has been unsubscribed from, and before that only with what came.
    return concat(of(0), framed$, of(0)).pipe(
      map(() => chat.state),
      distinctUntilChanged(),
      takeWhile(({ status }) => status === 'submitted' || status === 'streaming', true),
    );
  };
}
