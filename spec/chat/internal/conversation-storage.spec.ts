import { firstValueFrom, of, throwError } from 'rxjs';
import { NO_CONVERSATION } from '../../../lib/chat/internal/conversation-data.js';
import { toConversationJson } from '../../../lib/chat/internal/conversation-json.js';
import { loaded$, savedTo } from '../../../lib/chat/internal/conversation-storage.js';

const done = { ...NO_CONVERSATION, status: 'done' as const };
const stored = toConversationJson(done);
const store = (load: () => unknown, save: (json: unknown) => unknown = () => undefined) =>
  ({ load, save }) as never;

describe('loaded$', () => {
  it.each([
    ['a value', () => stored],
    ['a promise', () => Promise.resolve(stored)],
    ['an Observable', () => of(stored)],
  ])('takes %s', async (_, load) => {
    expect(await firstValueFrom(loaded$(store(load), NO_CONVERSATION))).toEqual(done);
  });

  it.each([undefined, null])('is the initial one where there is %s', async (nothing) => {
    expect(
      await firstValueFrom(
        loaded$(
          store(() => nothing),
          NO_CONVERSATION,
        ),
      ),
    ).toBe(NO_CONVERSATION);
  });

  it('is unread where what is there is no conversation', async () => {
    const data = await firstValueFrom(
      loaded$(
        store(() => ({ version: 9 })),
        NO_CONVERSATION,
      ),
    );
    expect(data).toMatchObject({ status: 'error', unread: true });
  });
});

describe('savedTo', () => {
  it('saves changes only, and goes on after an error', () => {
    const saved: unknown[] = [];
    const errors: unknown[] = [];
    const save = (json: unknown) => {
      saved.push(json);
      return throwError(() => new Error('full'));
    };
    let now = NO_CONVERSATION;
    const next = { ...NO_CONVERSATION, approved: ['a'] };
    const all = [NO_CONVERSATION, { ...NO_CONVERSATION, kept: 1 }, done, next];
    const data$ = of(...all);
    const following = { load: () => undefined, save };
    data$
      .pipe((each$) =>
        savedTo(
          following,
          () => now,
          (error) => errors.push(error),
        )(each$),
      )
      .subscribe();
    now = next;
    expect(saved).toHaveLength(2);
    expect(errors).toHaveLength(2);
  });
});
