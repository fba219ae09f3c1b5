import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { Subject, take, takeUntil } from 'rxjs';
import type { RunConfig } from '../../core/run-config.js';
import type { RunEvent } from '../../core/events/run-event.js';
import { outcomeOf } from './outcome.js';
import {
  type AnyChatModel,
  begun,
  checks,
  closesConnection,
  type Play,
  type Stage,
  streamed,
  type WireStage,
} from './contract-stage.js';

const ANSWER = { text: ['One ', 'two ', 'three'] };

/** What holds of every model's runs. */
export const lifeChecks = checks<Stage>({
  'reports exactly one ending for each start, however the run ends': async (stage) => {
    const completed = await outcomeOf(stage.model(ANSWER));
    deepEqual(endingsOf(completed.events), ['on_chat_model_end']);
    const failed = await outcomeOf(stage.model(ANSWER, 'error'));
    deepEqual(endingsOf(failed.events), ['on_chat_model_error']);
    const cancelled: RunEvent[] = [];
    await firstOf(stage.model(ANSWER, 'open'), { listeners: [(event) => cancelled.push(event)] });
    deepEqual(endingsOf(cancelled), ['on_chat_model_cancel']);
  },

  'gives every value before an error, which has the message so far': async (stage) => {
    const { chunks, message, error } = await outcomeOf(stage.model(ANSWER, 'error'));
    ok(error, 'the run has to fail');
    ok(chunks.length > 0, 'the values before the error are lost');
    equal(message.text, 'One two three');
    equal((error.partial as { text?: string } | undefined)?.text, 'One two three');
    equal(error.emitted, true);
  },

  'errors with the reason of a signal that aborts': async (stage) => {
    const controller = new AbortController();
    const ends = outcomeOf(stage.model(ANSWER, 'open'), 'Hi', { signal: controller.signal });
    controller.abort(new Error('enough'));
    match(String((await ends).error), /enough/);
  },

  'errors with the code timeout when the time of the run is up': async (stage) => {
    const { error, events } = await outcomeOf(stage.model(ANSWER, 'open'), 'Hi', { timeout: 50 });
    equal(error?.code, 'timeout');
    equal(endingsOf(events).length, 1);
  },

  'is not changed by a listener that throws, and reports it once to onError': async (stage) => {
    const reported: unknown[] = [];
    const error = new Error('a listener is broken');
    const message = await stage.model(ANSWER).invoke('Hi', {
      listeners: [
        () => {
          throw error;
        },
      ],
      onError: (thrown) => reported.push(thrown),
    });
    equal(message.text, 'One two three');
    deepEqual(reported, [error]);
  },
});

/** What holds of the connections of every model over HTTP. */
export const connectionChecks = checks<WireStage>({
  'sends nothing before it is subscribed to, and one request for each subscription': async (
    stage,
  ) => {
    const served = stage.serve(streamed(stage.wire, stage.wire.answer(ANSWER).frames));
    const model = served.connect();
    const stream$ = model.stream$('Hi');
    await wait(20);
    equal(served.requests.length, 0);
    await drained(stream$);
    equal(served.requests.length, 1);
    await drained(stream$);
    equal(served.requests.length, 2);
  },

  'sends nothing when it is unsubscribed in the same turn': async (stage) => {
    const served = stage.serve(begun(stage.wire, []));
    const stop$ = new Subject<void>();
    served.connect().stream$('Hi').pipe(takeUntil(stop$)).subscribe();
    stop$.next();
    await wait(50);
    equal(served.requests.length, 0);
  },

  'closes its connection when it is unsubscribed before the response begins': (stage) =>
    closesWhenLeft(stage, (exchange) => exchange.gone),

  'closes its connection when it is unsubscribed while the server is silent': (stage) =>
    closesWhenLeft(stage, begun(stage.wire, [])),

  'closes its connection when it is unsubscribed in the middle of a frame': (stage) => {
    const [first = ''] = stage.wire.answer(ANSWER).frames;
    return closesWhenLeft(stage, begun(stage.wire, [first.slice(0, first.length / 2)]));
  },

  'closes its connection when it is unsubscribed inside next': async (stage) => {
    const { frames, proof } = stage.wire.answer(ANSWER);
    const served = stage.serve(begun(stage.wire, frames.slice(0, proof)));
    await firstOf(served.connect());
    await closesConnection(served.requests[0]);
  },

  'closes its connection when a signal aborts, and when the time of the run is up': async (
    stage,
  ) => {
    const { frames, proof } = stage.wire.answer(ANSWER);
    const controller = new AbortController();
    const served = stage.serve(begun(stage.wire, frames.slice(0, proof)));
    const aborted = outcomeOf(served.connect(), 'Hi', { signal: controller.signal });
    await until(() => (served.requests[0]?.sent.bytes ?? 0) > 0);
    controller.abort();
    await aborted;
    await outcomeOf(served.connect(), 'Hi', { timeout: 100 });
    for (const request of served.requests) await closesConnection(request);
  },
});

function endingsOf(events: readonly RunEvent[]): readonly string[] {
  const starts = events.filter(({ event }) => event.endsWith('_start'));
  equal(starts.length, 1, 'a run is reported as started once');
  ok(
    events.every(
      ({ event, run_id }) => event === 'on_custom_event' || run_id === starts[0]?.run_id,
    ),
    'all events of a run have its run_id',
  );
  return events.map(({ event }) => event).filter((event) => /_(end|error|cancel)$/.test(event));
}

/** Unsubscribes at the first chunk. */
function firstOf(model: AnyChatModel, config: RunConfig = {}): Promise<unknown> {
  return drained(model.stream$('Hi', config).pipe(take(1)));
}

function drained(values$: ReturnType<AnyChatModel['stream$']>): Promise<void> {
  return new Promise((resolve, reject) => {
    values$.subscribe({ complete: resolve, error: reject });
  });
}

async function closesWhenLeft(stage: WireStage, play: Play): Promise<void> {
  const served = stage.serve(play);
  const subscription = served.connect().stream$('Hi').subscribe();
  await until(() => served.requests.length > 0);
  await wait(20);
  subscription.unsubscribe();
  await closesConnection(served.requests[0]);
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(5);
}
