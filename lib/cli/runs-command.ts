import {
  concatMap,
  defer,
  EMPTY,
  endWith,
  expand,
  finalize,
  from,
  identity,
  map,
  mergeMap,
  type Observable,
} from 'rxjs';
import { oneLine } from '../core/internal/printable.js';
import { redisRunStore } from '../redis/redis-run-store.js';
import { durableRuns } from '../runs/durable-runs.js';
import type { RunList, RunStore } from '../runs/run-store.js';
import { type OpenRedis, openRedis } from './open-redis.js';
import type { RunsCommand } from './parse-runs.js';

const PAGE = 100;

/** What a command about durable runs prints: subscribing connects to Redis, unsubscribing closes that connection and stops no run. */
export function runsCommand(
  { action, redis, prefix, print }: RunsCommand,
  open: (url: string) => Promise<OpenRedis> = openRedis,
): Observable<string> {
  return defer(() => open(redis)).pipe(
    mergeMap(({ client, close }) => {
      const store = redisRunStore({ client, ...(prefix === undefined ? {} : { prefix }) });
      return printed$(store, action, print.json).pipe(finalize(close));
    }),
  );
}

function printed$(
  store: RunStore,
  action: RunsCommand['action'],
  json: boolean,
): Observable<string> {
  switch (action.name) {
    case 'list':
      return listed$(store).pipe(
        map((run) => {
          const { id, last: values, ending, cancelRequested, meta } = run;
          const state = ending?.state ?? (cancelRequested ? 'cancelling' : 'open');
          if (json) return `${JSON.stringify({ id, state, values, meta })}\n`;
          return `${[oneLine(id), state, values, meta === undefined ? '' : JSON.stringify(meta)].join('\t').trimEnd()}\n`;
        }),
      );
    case 'join':
      return durableRuns({ store })
        .join$(action.id, { after: action.after })
        .pipe(
          map((value) => (json ? `${JSON.stringify(value)}\n` : textOf(value.value))),
          json ? identity : endWith('\n'),
        );
    case 'cancel':
      return defer(() => durableRuns({ store }).cancel(action.id)).pipe(
        map((isOpen) => {
          if (!isOpen) throw new Error(`there is no open run ${action.id}`);
          return json ? '{"cancelled":true}\n' : 'cancelled\n';
        }),
      );
  }
}

function listed$(store: RunStore): Observable<RunList['runs'][number]> {
  const page$ = (cursor?: string) =>
    defer(
      async () => await store.list({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }),
    );
  return page$().pipe(
    expand(({ cursor }) => (cursor === undefined ? EMPTY : page$(cursor))),
    concatMap(({ runs }) => from(runs)),
  );
}

/** Texts and those of messages as they are, other values as a line of JSON. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { type, text } = Object(value) as { readonly type?: unknown; readonly text?: unknown };
  return type === 'ai' && typeof text === 'string' ? text : `${JSON.stringify(value)}\n`;
}
