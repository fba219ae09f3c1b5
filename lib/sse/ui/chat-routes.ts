import { concat, filter, firstValueFrom, identity, map, type Observable, of } from 'rxjs';
import type { ChatInput } from '../../chat/chat-input.js';
import { GATE } from '../../core/demand/gate.js';
import { newRunId } from '../../core/run/run-id.js';
import type { RunConfig } from '../../core/run-config.js';
import { RxlmError } from '../../errors/rxlm-error.js';
import type { DurableRuns, RunStatus } from '../../runs/durable-runs.js';
import { refusal } from '../server/bad-request.js';
import { ownerOf, starterOf } from '../server/owner-of.js';
import {
  routeHandlers,
  type RouteRequest,
  type RunRoutes,
  type ShortAnswer,
  type StreamAnswer,
} from '../server/route-handlers.js';
import { checkFunctions, checkRuns } from '../server/run-routes.js';
import { observableOf, refusedAtCall } from '../server/sse-source.js';
import type { ChatRoutesOptions } from './chat-routes-options.js';
import { isPartsBefore, partsBefore } from './chunks-of-parts.js';
import { chatIdIn, type ChatTurn, readTurn, threadOf } from './chat-turn.js';
import { toUIMessageStreamResponse } from './to-ui-message-stream-response.js';
import { writeUIMessageStream } from './write-ui-message-stream.js';

/** Runs of one turn that failed or were stopped, after which a repeated request is no longer recognised. */
const MAX_ATTEMPTS = 16;

/**
 * The HTTP routes by which `useChat({ resume: true })` of the AI SDK reads durable runs, with its own `DefaultChatTransport`:
 *
 * - `POST /api/chat` starts the run of a turn and sends it as a UI message stream, whose message has the id of the run. A repeated
 *   request finds its run. A chat has one run: the next turn cancels the one before.
 * - `GET /api/chat/:chat/stream` sends the latest run of the chat, from its beginning: what the page asks for when it is loaded.
 *   204 where there is none. A run that is over is sent too, as long as it is kept, so that a page that was cut off never takes
 *   half of an answer for all of it.
 * - `DELETE /api/chat/:chat/stream` cancels it: `{ cancelled }`. {@link stoppableFetch} sends that when the user presses Stop.
 *
 * A client that disconnects does not cancel its run. Without a `stoppableFetch` in the page, let
 * `whenUnwatched: { cancelAfterMs }` of `durableRuns` do so. Chats of different owners are different chats, whatever their ids.
 *
 * @example
 * const routes = chatRoutes(durableRuns(), { source: () => of('gold', 'fish') });
 * const messages = [{ id: '1', role: 'user', parts: [{ type: 'text', text: 'Hi' }] }];
 * const post = new Request('http://localhost/api/chat', {
 *   method: 'POST',
 *   headers: { 'content-type': 'application/json' },
 *   body: JSON.stringify({ id: 'chat', messages }),
 * });
 * (await routes.fetch(post)).headers.get('x-vercel-ai-ui-message-stream') // => 'v1'
 */
export function chatRoutes<R = unknown>(
  runs: DurableRuns,
  options: ChatRoutesOptions<R>,
): RunRoutes<R> {
  checkRuns(runs, 'chatRoutes');
  const { source, owner, meta } = options;
  checkFunctions({ source, owner, meta });

  /** `isKnown`: whether the page has the parts of the message with which the run goes on. */
  const sent = (
    { id, meta: known }: Pick<RunStatus, 'id' | 'meta'>,
    isKnown: boolean,
  ): StreamAnswer => {
    const value$ = (config: RunConfig): Observable<ChatInput> =>
      runs.join$<ChatInput>(id, { [GATE]: config[GATE] }).pipe(
        map(({ value }) => value),
        isKnown ? filter((value) => !isPartsBefore(value)) : identity,
      );
    const message = known?.['message'];
    const how = { ...options, messageId: typeof message === 'string' ? message : id };
    return {
      toResponse: () => toUIMessageStreamResponse(value$, how),
      writeTo: (response) => writeUIMessageStream(response, value$, how),
    };
  };

  const post = async ({ body, request }: RouteRequest<R>): Promise<StreamAnswer> => {
    const json = await body();
    const own = await starterOf(owner, request);
    const turn = await readTurn(json, own);
    const asked = await source(json, request);
    const refused = refusedAtCall(asked);
    if (refused !== undefined) throw refused as Error;
    const source$ = observableOf(asked);
    const goesOn = turn.parts.length > 0;
    const whole$ = (config: RunConfig): Observable<unknown> =>
      goesOn ? concat(of(partsBefore(turn.parts)), source$(config)) : source$(config);
    return sent(
      await runOfTurn(runs, turn, whole$, {
        ...meta?.(json, request),
        ...(own === undefined ? {} : { owner: own }),
        ...(turn.answerId === undefined ? {} : { message: turn.answerId }),
      }),
      true,
    );
  };

  const latestOf = async ({ request, url }: RouteRequest<R>): Promise<RunStatus | undefined> => {
    const chat = chatIdIn(url);
    const own = await ownerOf(owner, request);
    if (owner !== undefined && own === undefined) return undefined;
    const id = await runs.latest(await threadOf(own, chat));
    return id === undefined ? undefined : await statusOf(runs, id);
  };

  const answer = async (asked: RouteRequest<R>): Promise<ShortAnswer | StreamAnswer> => {
    switch (asked.method) {
      case 'POST':
        return await post(asked);
      case 'GET': {
        asked.check();
        const run = await latestOf(asked);
        return run === undefined ? { status: 204 } : sent(run, false);
      }
      case 'DELETE': {
        asked.check();
        const run = await latestOf(asked);
        const cancelled = run === undefined ? false : await runs.cancel(run.id);
        return { status: 200, json: { cancelled } };
      }
      default:
        throw refusal(405, 'use POST, GET or DELETE');
    }
  };

  return routeHandlers<R>('chatRoutes', answer, options);
}

/** The run that this very request has started before, or a new one. */
async function runOfTurn(
  runs: DurableRuns,
  { thread, key, isAnotherAnswer }: ChatTurn,
  source: (config: RunConfig) => Observable<unknown>,
  meta: Readonly<Record<string, unknown>>,
): Promise<Pick<RunStatus, 'id' | 'meta'>> {
  for (let at = 1; key !== undefined && at <= MAX_ATTEMPTS; at += 1) {
    const id = `chat-${key}-${String(at)}`;
    const { started } = await runs.start(id, source, { thread, meta, idempotent: true });
    if (started) return { id, meta };
    const run = await statusOf(runs, id);
    const isAnswer = run?.state === 'open' || (run?.state === 'end' && !isAnotherAnswer);
    if (run !== undefined && isAnswer) return run;
  }
  const id = newRunId();
  await runs.start(id, source, { thread, meta });
  return { id, meta };
}

async function statusOf(runs: DurableRuns, id: string): Promise<RunStatus | undefined> {
  try {
    return await firstValueFrom(runs.state$(id));
  } catch (error) {
    if (RxlmError.is(error) && error.code === 'unknown_run') return undefined;
    throw error;
  }
}
