import { startLoopbackServer, type LoopbackServer } from '../http/loopback-server.js';
import { objectionTo } from './messages-endpoint.js';
import { playbackOf, type PlaybackOptions } from './playback.js';
import { isRecording } from './recording.js';
import { giveError, giveReply, type Reply } from './reply.js';
import { refusalOf } from './request-rules/check-request.js';
import { SignedThinking } from './request-rules/signed-thinking.js';
import type { SeenRequest } from '../http/seen-request.js';

/** What a replay server plays, and how. */
export interface ReplayOptions extends PlaybackOptions {
  /** The answers to the requests, in order of arrival, or a function that says what one is answered. */
  readonly recordings:
    readonly Reply[] | ((request: SeenRequest, index: number) => Reply | Promise<Reply>);
  /** Begin anew when the last recording is played. Default: a request too many is `unplanned`. */
  readonly cycle?: boolean;
  /**
   * Refuse what the service is known to refuse: 400 `invalid_request_error`, with the service's words and the place in the
   * request. Default: false, any JSON object is answered.
   */
  readonly strict?: boolean;
}

/** A server that plays recordings. */
export type ReplayServer = LoopbackServer;

/**
 * Starts an HTTP server on 127.0.0.1, on a port of its own, that speaks the Anthropic Messages
 * protocol and answers `POST /v1/messages` with recordings; settles when it listens.
 *
 * A request with `stream: true` gets the recording as an event stream, with the bytes, the pauses
 * and in the pieces that the options ask for; any other gets the message it amounts to, as JSON.
 * The service's own refusals are there (401 without a key, 404, 405, 400), and no recording is
 * used up by them. With `strict` it refuses also what the service refuses
 * of a conversation and its options: blocks, fields and types that are not the API's, empty texts, calls without results,
 * thinking that was changed, tools that it does not take. Writing waits for the client to read, so that `sent` tells what a slow one let through.
 *
 * The server tells what it saw: `requests`, each with what was sent, when its socket closed, and by whom.
 * What the test did not plan for is answered 500 and listed in `unplanned`.
 * Options out of range are a `TypeError`.
 *
 * @example
 * const server = await startReplayServer({ recordings: [goldfishSync], speed: 1 });
 * const client = new Anthropic({ apiKey: 'any', baseURL: server.url });
 * // …
 * await server.close();
 */
export async function startReplayServer(options: ReplayOptions): Promise<ReplayServer> {
  const playback = playbackOf(options);
  const { recordings, cycle = false, strict = false } = options;
  if (typeof recordings !== 'function' && typeof recordings.length !== 'number') {
    throw new TypeError('recordings must be an array of replies or a function');
  }
  let answered = 0;
  const signed = new SignedThinking();

  const replyTo = async (request: SeenRequest, index: number): Promise<Reply> => {
    // A test's own function may give nothing, whatever its type says.
    const reply: Reply | undefined =
      typeof recordings === 'function'
        ? await recordings(request, index)
        : recordings[cycle ? index % recordings.length : index];
    if (reply) return reply;
    throw new Error(`there is no recording for request ${index + 1}`);
  };

  return startLoopbackServer(async (exchange) => {
    const [pathname = ''] = exchange.seen.path.split('?');
    const objection = objectionTo(exchange.seen, pathname);
    if (objection) return giveError(exchange, objection.status, objection.message);
    const refusal = strict ? refusalOf(exchange.seen.body, signed) : undefined;
    if (refusal !== undefined) return giveError(exchange, 400, refusal);
    answered += 1;
    const reply = await replyTo(exchange.seen, answered - 1);
    const recording = isRecording(reply) ? reply : reply.body;
    if (strict && isRecording(recording)) signed.add(recording);
    await giveReply(exchange, reply, playback);
  });
}
