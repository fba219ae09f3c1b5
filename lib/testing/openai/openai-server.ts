import type { Exchange } from '../http/http-exchange.js';
import { type LoopbackServer, startLoopbackServer } from '../http/loopback-server.js';
import type { SeenRequest } from '../http/seen-request.js';
import { refusalOfChat } from './chat-rules.js';
import { isJson, type Refusal, refusal } from './refusal.js';
import { refusalOfResponse } from './responses-rules.js';

/** What one request is answered: the text of an event stream, or a status with a JSON body. */
export type OpenAIAnswer = string | { readonly status: number; readonly body: unknown };

/** What an OpenAI server answers, and what it refuses. */
export interface OpenAIServerOptions {
  /** The answers to the requests that are not refused, in order of arrival, or a function that gives one. */
  readonly answers:
    | readonly OpenAIAnswer[]
    | ((request: SeenRequest, index: number) => OpenAIAnswer | Promise<OpenAIAnswer>);
  /**
   * Refuse what the service is known to refuse: 400 `invalid_request_error`, with the service's words and the place in the
   * request. @defaultValue false
   */
  readonly strict?: boolean | undefined;
}

/**
 * Starts an HTTP server on 127.0.0.1, on a port of its own, that answers `POST …/chat/completions` and `POST …/responses`
 * as OpenAI does; settles when it listens.
 *
 * With `strict` it refuses a request without a key (401) and what OpenAI refuses of a conversation and its options (400):
 * results without their calls and calls without results, arguments that are no text, roles, parts and items that are not the
 * API's, reasoning without what it led to, schemas that cannot be held to exactly, tools of one name. No answer is used up by
 * a refusal. What no answer is left for is a 500 and listed in `unplanned`. Options out of range are a `TypeError`.
 *
 * @example
 * const server = await startOpenAIServer({ strict: true, answers: ['data: {"choices":[]}\n\ndata: [DONE]\n\n'] });
 * const model = new ChatOpenAI({ model: 'any', baseURL: server.url, apiKey: 'any' });
 * // …
 * await server.close();
 */
export async function startOpenAIServer(options: OpenAIServerOptions): Promise<LoopbackServer> {
  const { answers, strict = false } = options;
  if (typeof answers !== 'function' && !Array.isArray(answers))
    throw new TypeError('answers must be an array of answers or a function');
  let answered = 0;
  return startLoopbackServer(async (exchange) => {
    const { seen } = exchange;
    const refused = refusalOf(seen, strict);
    if (refused !== undefined) return give(exchange, refused.status, { error: refused.error });
    answered += 1;
    const answer =
      typeof answers === 'function'
        ? await answers(seen, answered - 1)
        : (answers as readonly (OpenAIAnswer | undefined)[])[answered - 1];
    if (answer === undefined) throw new Error(`there is no answer for request ${answered}`);
    if (typeof answer !== 'string') return give(exchange, answer.status, answer.body, {});
    exchange.head(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    await exchange.write(Buffer.from(answer));
    await exchange.end();
  });
}

interface Refused {
  readonly status: number;
  readonly error: Refusal & { readonly type: string };
}

function refusalOf(
  { method, path, headers, body }: SeenRequest,
  strict: boolean,
): Refused | undefined {
  const refuse = (status: number, said: Refusal): Refused => ({
    status,
    error: { ...said, type: 'invalid_request_error' },
  });
  const [pathname = ''] = path.split('?');
  const isChat = pathname.endsWith('/chat/completions');
  if (method !== 'POST' || (!isChat && !pathname.endsWith('/responses')))
    return refuse(404, refusal(`Invalid URL (${method} ${pathname})`));
  if (!isJson(body))
    return refuse(
      400,
      refusal('We could not parse the JSON body of your request. The API expects a JSON payload.'),
    );
  if (!strict) return undefined;
  if (headers.authorization === undefined && headers['api-key'] === undefined)
    return refuse(401, refusal("You didn't provide an API key.", null, 'invalid_api_key'));
  const said = isChat ? refusalOfChat(body) : refusalOfResponse(body);
  return said === undefined ? undefined : refuse(400, said);
}

/** What is refused is refused again; what a test has planned is for its client to judge. */
const FINAL = { 'x-should-retry': 'false' };

async function give(
  exchange: Exchange,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = FINAL,
): Promise<void> {
  exchange.head(status, {
    'content-type': 'application/json',
    'x-request-id': exchange.requestId,
    ...headers,
  });
  await exchange.write(Buffer.from(JSON.stringify(body)));
  await exchange.end();
}
