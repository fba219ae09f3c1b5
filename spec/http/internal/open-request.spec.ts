import type { ReceivedResponse } from '../../../lib/http/transport/received-response';
import { received } from '../../support/received';
import { asyncScheduler, type Subscriber } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { ModelError } from '../../../lib/errors/model-error';
import { type Request, request$ } from '../../../lib/http/internal/open-request';

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A request whose response the test gives, and what is seen of both. */
function requested(changes: Partial<Request<string>> = {}) {
  const seen: unknown[] = [];
  let respond: (response: ReceivedResponse) => void = () => undefined;
  let refuse: (error: unknown) => void = () => undefined;
  let reader: Subscriber<string> | undefined;
  const values$ = request$<string>({
    open: (signal) => {
      seen.push('opened');
      signal.addEventListener('abort', () => seen.push(`aborted: ${String(signal.reason)}`));
      return new Promise((resolve, reject) => {
        respond = resolve;
        refuse = reject;
      });
    },
    read: (_, subscriber) => {
      seen.push('read');
      reader = subscriber;
      return () => seen.push('let go');
    },
    headersMs: Infinity,
    tooLate: () => 'too late',
    scheduler: asyncScheduler,
    ...changes,
  });
  const begin = () =>
    values$.subscribe({
      next: (value) => seen.push(value),
      error: (error: unknown) => seen.push(['error', error]),
      complete: () => seen.push('complete'),
    });
  return {
    seen,
    begin,
    respond: () => {
      respond(received(new Response()));
    },
    refuse: (error: unknown) => {
      refuse(error);
    },
    reader: () => reader!,
  };
}

describe('a request', () => {
  it('[1] is sent for each subscription, and not before', () => {
    const { seen, begin } = requested();
    expect(seen).toEqual([]);
    begin();
    begin();
    expect(seen).toEqual(['opened', 'opened']);
  });

  it('gives what is read of its response', async () => {
    const { seen, begin, respond, reader } = requested();
    begin();
    respond();
    await settled();
    reader().next('gold');
    reader().complete();
    expect(seen).toEqual(['opened', 'read', 'gold', 'complete', 'let go']);
  });

  it('[2] is aborted by who leaves before its response, which is then not read', async () => {
    const { seen, begin, respond } = requested();
    begin().unsubscribe();
    expect(seen).toEqual(['opened', 'aborted: left']);
    respond();
    await settled();
    expect(seen).toEqual(['opened', 'aborted: left']);
  });

  it('[2] is released by who leaves while it is read', async () => {
    const { seen, begin, respond } = requested();
    const subscription = begin();
    respond();
    await settled();
    subscription.unsubscribe();
    expect(seen).toEqual(['opened', 'read', 'let go']);
  });

  it('[25] waits no longer for its response than it may', () => {
    const scheduler = new TestScheduler(() => undefined);
    const { seen, begin } = requested({ headersMs: 30, scheduler });
    begin();
    scheduler.flush();
    expect(scheduler.now()).toBe(30);
    expect(seen).toEqual(['opened', ['error', 'too late'], 'aborted: left']);
  });

  it('[25] has no clock once that has come, or has not', async () => {
    const scheduler = new TestScheduler(() => undefined);
    const waiting = () => scheduler.actions.filter(({ closed }) => !closed).length;
    const answered = requested({ headersMs: 30, scheduler });
    const refused = requested({ headersMs: 30, scheduler });
    answered.begin();
    refused.begin();
    const left = requested({ headersMs: 30, scheduler }).begin();
    expect(waiting()).toBe(3);
    answered.respond();
    refused.refuse('no');
    await settled();
    left.unsubscribe();
    expect(waiting()).toBe(0);
  });

  it('fails with what it is refused with, and is aborted', async () => {
    const { seen, begin, refuse } = requested();
    begin();
    refuse('no');
    await settled();
    expect(seen).toEqual(['opened', ['error', 'no'], 'aborted: left']);
  });

  it('fails with what its reading throws', async () => {
    const { seen, begin, respond } = requested({
      read: () => {
        throw new Error('locked');
      },
    });
    begin();
    respond();
    await settled();
    expect(seen).toEqual(['opened', ['error', new Error('locked')], 'aborted: left']);
  });

  it('is not aborted where there was no connection: nobody would hear the error that makes', async () => {
    const { seen, begin, refuse } = requested();
    const error = new ModelError('none', { code: 'connection', provider: 'remote' });
    begin();
    refuse(error);
    await settled();
    expect(seen).toEqual(['opened', ['error', error]]);
  });
});
