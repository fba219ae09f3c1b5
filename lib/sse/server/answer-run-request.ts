import { withoutTrailingSlashes } from '../../http/internal/without-trailing-slashes.js';
import { firstValueFrom } from 'rxjs';
import { newRunId } from '../../core/run/run-id.js';
import { RxlmError } from '../../errors/rxlm-error.js';
import type { DurableRuns, RunStatus } from '../../runs/durable-runs.js';
import { isRunId, parseCursor } from '../../runs/internal/run-cursor.js';
import { badRequest, refusal } from './bad-request.js';
import { hashOf } from './hash-of.js';
import { ownerOf, starterOf } from './owner-of.js';
import { requestUrl } from './request-url.js';
import type { RouteRequest, ShortAnswer } from './route-handlers.js';
import type { RunRoutesOptions } from './run-routes-options.js';
import { observableOf, refusedAtCall } from './sse-source.js';

/** @internal An answer without a stream, or a run to be sent from behind a place. */
export type RouteAnswer =
  | ShortAnswer
  | {
      readonly run: string;
      readonly after: string | undefined;
      readonly headers: Record<string, string>;
    };

/** @internal Rejects with a refusal for requests that are answered with a 4xx. */
export async function answerRunRequest<R>(
  runs: DurableRuns,
  options: RunRoutesOptions<R>,
  asked: RouteRequest<R>,
): Promise<RouteAnswer> {
  const { pathname, searchParams } = requestUrl(asked.url);
  if (asked.method === 'POST') return await start(runs, options, asked, pathname);
  if (!['GET', 'HEAD', 'DELETE'].includes(asked.method))
    throw refusal(405, 'use POST, GET or DELETE');
  asked.check();
  const id = idIn(pathname);
  if (asked.method === 'DELETE') {
    await find(runs, options, asked.request, id);
    return { status: 200, json: { id, cancelled: await runs.cancel(id) } };
  }
  const after = searchParams.get('after') ?? asked.header('last-event-id');
  const cursor = after === undefined ? undefined : parseCursor(after);
  if (after !== undefined && cursor === undefined)
    throw badRequest('after and Last-Event-ID must be the id of a value');
  const { last } = await find(runs, options, asked.request, id);
  const end = parseCursor(last);
  if (cursor !== undefined && (cursor.epoch !== end?.epoch || cursor.seq > end.seq))
    throw refusal(409, 'there is no such place in this run');
  return { run: id, after, headers: { 'rxlm-run-id': id } };
}

async function start<R>(
  runs: DurableRuns,
  options: RunRoutesOptions<R>,
  { request, header, body }: RouteRequest<R>,
  pathname: string,
): Promise<RouteAnswer> {
  const { source, meta, owner } = options;
  const key = header('idempotency-key');
  if (key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(key))
    throw badRequest('Idempotency-Key must be 1 to 255 visible characters of ASCII');
  // Whoever guesses the key of another client would get its run.
  if (key !== undefined && owner === undefined && key.length < 16)
    throw badRequest('Idempotency-Key must have 16 characters at least, as a UUID has');
  const json = await body();
  const own = await starterOf(owner, request);
  const run = await source(json, request);
  const refused = refusedAtCall(run);
  if (refused !== undefined) throw refused as Error;
  // The same key of the same client is the same run, in every process.
  const id = key === undefined ? newRunId() : `key-${await hashOf([own ?? null, key])}`;
  const { started } = await runs.start(id, observableOf(run), {
    idempotent: key !== undefined,
    meta: { ...meta?.(json, request), ...(own === undefined ? {} : { owner: own }) },
  });
  if (!started) await find(runs, options, request, id);
  const headers = { 'rxlm-run-id': id };
  if (/text\/event-stream/i.test(header('accept') ?? ''))
    return { run: id, after: undefined, headers };
  // Two slashes at the beginning would name another host.
  const path = withoutTrailingSlashes(pathname).replace(/^\/+/, '/');
  const location = `${path}/${id}`;
  return { status: started ? 201 : 200, json: { id }, headers: { ...headers, location } };
}

/** The run, if there is one that the client may see: no answer says which of both is not so. */
async function find<R>(
  runs: DurableRuns,
  { authorize, owner }: RunRoutesOptions<R>,
  request: R,
  id: string,
): Promise<RunStatus> {
  const [run, own] = await Promise.all([
    firstValueFrom(runs.state$(id)).catch((error: unknown) => {
      if (RxlmError.is(error) && error.code === 'unknown_run') return undefined;
      throw error;
    }),
    ownerOf(owner, request),
  ]);
  const isOwn = owner === undefined || (own !== undefined && run?.meta?.['owner'] === own);
  // Only `true` allows: who forgets to return something has not allowed it.
  const mayRead: unknown = authorize === undefined ? true : await authorize(id, request, run?.meta);
  if (run === undefined || !isOwn || mayRead !== true) throw refusal(404, 'there is no such run');
  return run;
}

function idIn(pathname: string): string {
  const id = pathname.slice(pathname.lastIndexOf('/') + 1);
  if (!isRunId(id)) throw refusal(404, 'there is no such run');
  return id;
}
