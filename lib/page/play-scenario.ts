import { defer, finalize, from, ignoreElements, mergeMap, type Observable } from 'rxjs';
import type { TimedRunEvent } from '../marbles/diagram.js';
import { startFaultServer } from '../testing/anthropic/fault-server.js';
import { isRecording } from '../testing/anthropic/recording.js';
import { startReplayServer } from '../testing/anthropic/replay-server.js';
import type { LoopbackServer } from '../testing/http/loopback-server.js';
import { RecordedModel } from './recorded-model.js';
import type { Scenario } from './scenarios.js';
import { WireLog } from './internal/wire-log.js';

/** How a scenario is played. */
export interface PlayOptions {
  /** The id of the run. */
  readonly id: string;
  /** How many times as fast as a usual model, which takes 30 ms for a token. */
  readonly speed: number;
  /** Bytes of each write to the socket; 0 for one write an event. */
  readonly chunk: number;
}

const TOKEN_MS = 30;

/** What a scenario's answer would do of itself, a user sees after these times. */
const MODEL_OPTIONS = { maxRetries: 2, timeouts: { idle: 1500 } } as const;

/**
 * Plays a scenario: a real client and a server of its own on 127.0.0.1. Events go to the listener, those of the chain and those of
 * the connection as the server sees it. The Observable emits nothing; it completes and fails with the run.
 *
 * Unsubscribing cancels the run, which closes the socket; the listener gets the cancellation and the close. The server is gone
 * when it has seen them.
 */
export function playScenario(
  scenario: Scenario,
  { id, speed, chunk }: PlayOptions,
  listener: (event: TimedRunEvent) => void,
): Observable<never> {
  return defer(() => {
    const report = (value: TimedRunEvent['value']) => {
      listener({ value, timestamp: performance.timeOrigin + performance.now() });
    };
    const { answer } = scenario;
    const wire = new WireLog(
      id,
      report,
      typeof answer === 'function' ? [] : answer.filter(isRecording),
    );
    const playback = { delayMs: TOKEN_MS / speed, chunking: wire.chunking(chunk) };
    const opened = open(scenario, playback);
    return from(opened).pipe(
      mergeMap(({ server, baseUrl }) => {
        wire.watch(server);
        const model = new RecordedModel(baseUrl, 'claude-haiku-4-5', MODEL_OPTIONS);
        return scenario
          .chain(model)
          .stream$(scenario.input, { runId: id, runName: scenario.title, listeners: [report] });
      }),
      ignoreElements(),
      // Also where the run is unsubscribed while the server is still being opened.
      finalize(() => {
        void Promise.all([opened, wire.settled()]).then(([{ server }]) => server.close());
      }),
    );
  });
}

async function open(
  { answer }: Scenario,
  playback: object,
): Promise<{ server: LoopbackServer; baseUrl: string }> {
  if (typeof answer === 'function') {
    const server = await startFaultServer(playback);
    return { server, baseUrl: answer(server) };
  }
  const server = await startReplayServer({ ...playback, recordings: answer });
  return { server, baseUrl: server.url };
}
