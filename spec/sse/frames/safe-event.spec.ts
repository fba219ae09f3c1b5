import { lastValueFrom, materialize, toArray } from 'rxjs';
import { lambda, ModelError, type RunEvent } from 'rxlm';
import { safeEvent } from '../../../lib/sse/frames/safe-event.js';

const secret = 'postgres://me:secret@db.internal';
const failing = (error: unknown) =>
  lambda((_: string) => {
    throw error;
  });
const eventsOf = async (error: unknown): Promise<RunEvent[]> => {
  const told$ = failing(error).events$('Hi').pipe(materialize(), toArray());
  return (await lastValueFrom(told$)).flatMap((each) => (each.kind === 'N' ? [each.value] : []));
};

describe('safeEvent', () => {
  it.each([
    [new Error(secret), { name: 'Error', code: 'internal', message: 'Something went wrong.' }],
    [
      new ModelError(secret, { code: 'overloaded', provider: 'anthropic', retryable: true }),
      { name: 'ModelError', code: 'overloaded', provider: 'anthropic', retryable: true },
    ],
  ])(
    '(T092) [21] reports of %p what a client has to know, and nothing that it says',
    async (error, recorded) => {
      const events = await eventsOf(error);
      const failure = events.at(-1)!;
      expect(JSON.stringify(failure)).toContain('secret');
      const safe = safeEvent(failure) as RunEvent;
      expect(safe).toMatchObject({ event: 'on_chain_error', data: { error: recorded } });
      expect(safe).toMatchObject({ run_id: failure.run_id, parent_ids: failure.parent_ids });
      expect(JSON.stringify(safe)).not.toContain('secret');
    },
  );

  it('reports of a retry as of an error, with what else is said of it', () => {
    const data = { attempt: 1, delayMs: 5, error: { name: 'TypeError', message: secret } };
    const safe = safeEvent({ event: 'on_chat_model_retry', run_id: 'a', data });
    expect(safe).toMatchObject({ data: { attempt: 1, delayMs: 5, error: { code: 'internal' } } });
  });

  it.each([
    [{ event: 'on_chain_end', run_id: 'a', data: { error: 'as it is' } }],
    [{ event: 'on_tool_error', run_id: 'a' }],
    [{ event: 'an_error', data: { error: 'no event of a run' } }],
    ['text'],
    [null],
    [undefined],
  ])('leaves %j as it is', (value) => {
    expect(safeEvent(value)).toBe(value);
  });
});
