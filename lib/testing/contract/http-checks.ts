import { deepEqual, equal, ok } from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { inspect } from 'node:util';
import { forEachOf, hasCode, type Outcome, outcomeOf, withoutId } from './outcome.js';
import {
  begun,
  CANARY,
  checks,
  closesConnection,
  refused,
  streamed,
  type WireStage,
} from './contract-stage.js';

const CALLS = [{ id: 'call_1', name: 'weather', args: ['{"city":', '"Graz 🐟"}'] }];
const ANSWER = { text: ['Grüße ', 'an die 🐟'], calls: CALLS };

/** What a model over HTTP makes of a server that is odd, slow, busy or hostile. */
export const trustChecks = checks<WireStage>({
  'reads the same message however the bytes are split': async (stage) => {
    const bytes = Buffer.from(stage.wire.answer(ANSWER).frames.join(''));
    const whole = textOf(await outcomeOf(stage.model(ANSWER)));
    const cuts = [...bytes.keys()].map((at) => [bytes.subarray(0, at), bytes.subarray(at)]);
    const single = [...bytes.keys()].map((at) => bytes.subarray(at, at + 1));
    await forEachOf([single, ...cuts], async (pieces) => {
      const served = stage.serve(async (exchange) => {
        await begun(stage.wire, [])(exchange);
        for (const piece of pieces) await exchange.write(piece);
        await exchange.end();
      });
      equal(textOf(await outcomeOf(served.connect())), whole);
    });
  },

  'shows no key that the provider echoes, in a refusal, an error or an event': async (stage) => {
    const { frames, proof } = stage.wire.answer(ANSWER);
    const unknown = stage.wire.unknown?.(CANARY) ?? '';
    const plays = [
      refused(stage.wire, 400, `your key is ${CANARY}`, { 'x-request-id': CANARY }),
      streamed(stage.wire, [unknown, ...frames.slice(0, proof), stage.wire.error(CANARY)]),
      streamed(stage.wire, [stage.wire.error(CANARY)]),
    ];
    for (const play of plays) {
      const { error, events } = await outcomeOf(stage.serve(play).connect());
      ok(error, 'the run has to fail');
      const shown = [inspect(error, { depth: 9 }), JSON.stringify(error), JSON.stringify(events)];
      ok(!shown.join('').includes('canary'), 'a key is shown');
    }
  },

  'shows no prompt in an error': async (stage) => {
    const { frames, proof } = stage.wire.answer(ANSWER);
    const served = stage.serve(
      refused(stage.wire, 400, 'no'),
      streamed(stage.wire, frames.slice(0, proof)),
    );
    const model = served.connect();
    for (let run = 0; run < 2; run += 1) {
      const { error } = await outcomeOf(model, 'a secret prompt');
      ok(error, 'the run has to fail');
      ok(!inspect(error, { depth: 9 }).includes('a secret prompt'), 'a prompt is shown');
    }
  },

  'keeps the clocks for the response, its bytes, its content and the whole': async (stage) => {
    const { frames, proof } = stage.wire.answer(ANSWER);
    const silent = begun(stage.wire, frames.slice(0, Math.min(2, proof)));
    const { ping } = stage.wire;
    const alive = async (exchange: Parameters<typeof silent>[0]) => {
      await silent(exchange);
      while (await exchange.write(Buffer.from(ping ?? ''))) await wait(10);
    };
    const phases = [
      ['headers', (exchange: Parameters<typeof silent>[0]) => exchange.gone],
      ['idle', silent],
      ['content', ping === undefined ? silent : alive],
      ['total', silent],
    ] as const;
    await forEachOf(phases, async ([phase, play]) => {
      const served = stage.serve(play);
      const { error } = await outcomeOf(served.connect({ timeouts: { [phase]: 200 } }));
      hasCode(error, 'timeout');
      equal((error as { phase?: string }).phase, phase);
      await closesConnection(served.requests[0]);
    });
  },

  'tries again while nothing has been emitted, and reports each attempt': async (stage) => {
    const { frames } = stage.wire.answer(ANSWER);
    const served = stage.serve(
      refused(stage.wire, 503, 'busy', { 'retry-after': '0' }),
      streamed(stage.wire, [stage.wire.error('busy')]),
      streamed(stage.wire, frames),
    );
    const { error, events, message } = await outcomeOf(served.connect({ maxRetries: 2 }));
    equal(error, undefined);
    equal(message.text, 'Grüße an die 🐟');
    const retries = events.filter(({ event }) => event === ('on_chat_model_retry' as string));
    deepEqual(
      retries.map(({ data }) => (data as { attempt: number }).attempt),
      [1, 2],
    );
    equal(served.requests.length, 3);
  },

  'does not try again once something was emitted, nor what the provider refuses for good': async (
    stage,
  ) => {
    const { frames, proof } = stage.wire.answer(ANSWER);
    const failing = [...frames.slice(0, proof), stage.wire.error('busy')];
    for (const play of [streamed(stage.wire, failing), refused(stage.wire, 400, 'wrong')]) {
      const served = stage.serve(play);
      const { error } = await outcomeOf(served.connect({ maxRetries: 2 }));
      ok(error, 'the run has to fail');
      equal(served.requests.length, 1);
    }
  },

  'sends no further attempt when it is unsubscribed between two': async (stage) => {
    const served = stage.serve(refused(stage.wire, 503, 'busy', { 'retry-after': '0' }));
    await new Promise<void>((resolve) => {
      const subscription = served
        .connect({ maxRetries: 2 })
        .stream$('Hi', {
          listeners: [
            ({ event }) => {
              if (event !== ('on_chat_model_retry' as string)) return;
              setImmediate(() => {
                subscription.unsubscribe();
                resolve();
              });
            },
          ],
        })
        .subscribe();
    });
    await wait(600);
    equal(served.requests.length, 1);
  },

  'keeps the limits of an event and of a response, and closes at once': async (stage) => {
    const long = { text: ['a'.repeat(3000), 'b'.repeat(3000)] };
    const { frames, proof } = stage.wire.answer(long);
    for (const limit of ['event', 'response'] as const) {
      const served = stage.serve(begun(stage.wire, frames.slice(0, proof)));
      const { error } = await outcomeOf(served.connect({ limits: { [limit]: 2500 } }));
      hasCode(error, 'limit');
      await closesConnection(served.requests[0]);
    }
  },

  'refuses a redirect before anything is sent again': async (stage) => {
    const sink = stage.serve(streamed(stage.wire, stage.wire.answer(ANSWER).frames));
    for (const status of [301, 302, 303, 307, 308]) {
      const served = stage.serve(async (exchange) => {
        exchange.head(status, { location: sink.url });
        await exchange.end();
      });
      const { error } = await outcomeOf(served.connect());
      hasCode(error, 'redirect');
    }
    equal(sink.requests.length, 0);
  },

  'refuses a response that is no stream, and shows how it begins': async (stage) => {
    const served = stage.serve(async (exchange) => {
      exchange.head(200, { 'content-type': 'text/html' });
      await exchange.write(Buffer.from(`<html>${'x'.repeat(5000)}`));
      await exchange.end();
    });
    const { error } = await outcomeOf(served.connect());
    hasCode(error, 'content_type');
    equal(error.status, 200);
    ok(error.message.includes('<html>'), 'the error shows how the body begins');
    ok(error.message.length < 2000, 'the error shows 1 KiB of the body at most');
  },
});

function textOf({ message, error }: Outcome): string {
  equal(error, undefined);
  return JSON.stringify(withoutId(message));
}
