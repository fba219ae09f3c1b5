import { concat, defer, finalize, from, ignoreElements, NEVER, type Observable } from 'rxjs';

/** What the user asks for. */
export interface Asked {
  readonly id: string;
  readonly scenario: string;
  readonly speed: number;
  readonly chunk: number;
}

/** A run on the server. It never completes; unsubscribing unsubscribes the run there, which closes its provider's socket. */
export function runScenario(asked: Asked): Observable<never> {
  return defer(() => {
    const started = post(asked);
    return concat(from(started).pipe(ignoreElements()), NEVER).pipe(
      finalize(() => {
        void started
          .then(() => fetch(`/runs/${asked.id}`, { method: 'DELETE' }))
          .catch(() => undefined);
      }),
    );
  });
}

async function post(asked: Asked): Promise<void> {
  const response = await fetch('/runs', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(asked),
  });
  if (!response.ok) throw new Error(await response.text());
}
