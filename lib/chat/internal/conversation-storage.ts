import {
  catchError,
  concatMap,
  defer,
  distinctUntilChanged,
  EMPTY,
  from,
  ignoreElements,
  isObservable,
  map,
  type Observable,
  type ObservableInput,
  of,
  type OperatorFunction,
  skip,
  skipWhile,
  tap,
} from 'rxjs';
import { emitWarning } from '../../core/internal/emit-warning.js';
import type { ConversationStore } from '../conversation-options.js';
import type { ConversationData } from './conversation-data.js';
import { fromConversationJson, toConversationJson } from './conversation-json.js';

/** @internal What the store has, or `initial`. Where it cannot be read the status is `error`, and it is not to be saved over. */
export function loaded$(
  store: ConversationStore,
  initial: ConversationData,
): Observable<ConversationData> {
  return defer(() => inputOf(store.load())).pipe(
    map((json) => (json == null ? initial : fromConversationJson(json))),
    catchError((error: unknown) =>
      of({ ...initial, status: 'error' as const, error, unread: true }),
    ),
  );
}

/** @internal Saves what `latest` gives after each change, one save after the other; changes during a save are saved together. */
export function savedTo(
  store: ConversationStore,
  latest: () => ConversationData,
  onError: ((error: unknown) => void) | undefined,
): OperatorFunction<ConversationData, never> {
  return (data$) =>
    defer(() => {
      let unsaved = false;
      return data$.pipe(
        skipWhile(({ status }) => status === 'loading'),
        distinctUntilChanged((a, b) => SAVED.every((key) => a[key] === b[key])),
        skip(1),
        tap(() => {
          unsaved = true;
        }),
        concatMap(() =>
          defer(() => {
            if (!unsaved || latest().unread) return EMPTY;
            unsaved = false;
            return inputOf(store.save(toConversationJson(latest())));
          }).pipe(
            catchError((error: unknown) => {
              if (onError === undefined) emitWarning(error, SAVE_FAILED);
              else onError(error);
              return EMPTY;
            }),
          ),
        ),
        ignoreElements(),
      );
    });
}

const SAVED = [
  'messages',
  'pending',
  'queued',
  'replaced',
  'approved',
  'status',
  'answer',
] as const;
const SAVE_FAILED = {
  what: 'A conversation could not be saved',
  remedy: 'Give conversation() an onError to handle this',
  name: 'ConversationWarning',
  code: 'RXLM_CONVERSATION_NOT_SAVED',
};

function inputOf<T>(given: T | ObservableInput<T>): Observable<T> {
  const isInput =
    isObservable(given) || typeof (Object(given) as { then?: unknown }).then === 'function';
  return isInput ? from(given as ObservableInput<T>) : of(given as T);
}
