import { equal, ok } from 'node:assert/strict';
import type { AIMessage } from '../../messages/ai-message.js';
import { forEachOf, hasCode, outcomeOf } from './outcome.js';
import { begun, checks, refused, streamed, type WireStage } from './contract-stage.js';

const CALLS = [{ id: 'call_1', name: 'weather', args: ['{"city":', '"Graz"}'] }];
const ANSWER = { text: ['Grüße ', 'an die 🐟'] };

/** How a model over HTTP proves success, and what becomes of every other end. */
export const endingChecks = checks<WireStage>({
  'fails as truncated wherever the stream is cut before it proves success': async (stage) => {
    for (const answer of [ANSWER, { text: ['I look.'], calls: CALLS }]) {
      const { frames, proof } = stage.wire.answer(answer);
      const whole = await stage.model(answer).invoke('Hi');
      const proven = Buffer.from(
        frames
          .slice(0, proof + 1)
          .join('')
          .trimEnd(),
      );
      await forEachOf([...proven.keys()], async (size) => {
        const cut = proven.subarray(0, size);
        const served = stage.serve(async (exchange) => {
          await begun(stage.wire, [])(exchange);
          await exchange.write(cut);
          await exchange.end();
        });
        const { error } = await outcomeOf(served.connect());
        hasCode(error, 'truncated', `cut after ${String(size)} bytes`);
        isPartOf(error.partial as AIMessage | undefined, whole);
      });
    }
  },

  'fails as a lost connection when that breaks in the middle': async (stage) => {
    const { frames, proof } = stage.wire.answer(ANSWER);
    const served = stage.serve(async (exchange) => {
      await begun(stage.wire, frames.slice(0, proof))(exchange);
      await exchange.reset();
    });
    const { error } = await outcomeOf(served.connect());
    hasCode(error, 'connection');
    equal((error.partial as AIMessage | undefined)?.text, 'Grüße an die 🐟');
  },

  'fails by an error that the provider reports inside a stream, even behind the proof of success':
    async (stage) => {
      const { frames, proof } = stage.wire.answer(ANSWER);
      const report = stage.wire.error('too much to do');
      const isLast = proof === frames.length - 1;
      const behind = isLast ? [] : [streamed(stage.wire, [...frames.slice(0, proof + 1), report])];
      for (const play of [streamed(stage.wire, [...frames.slice(0, proof), report]), ...behind]) {
        const { error } = await outcomeOf(stage.serve(play).connect());
        ok(error, 'the run has to fail');
        equal(error.retryable, true);
        ok((error.status ?? 0) >= 400, 'the error has a status equivalent');
        ok(error.message.includes('too much to do'), 'the error has what the provider says');
      }
    },

  'ignores what follows a complete answer': async (stage) => {
    const { frames } = stage.wire.answer(ANSWER);
    const twice = stage.serve(streamed(stage.wire, [...frames, ...frames]));
    const text = 'Grüße an die 🐟';
    const whole = stage.wire.endsWithBody === true ? `${text}${text}` : text;
    equal((await twice.connect().invoke('Hi')).text, whole);
  },

  'says by its code why a request was refused, with the status and what the provider says': async (
    stage,
  ) => {
    const codes = { 400: 'invalid_request', 401: 'unauthorized', 403: 'forbidden' };
    const more = { 404: 'not_found', 413: 'too_large', 429: 'rate_limited', 500: 'server_error' };
    await forEachOf(Object.entries({ ...codes, ...more }), async ([status, code]) => {
      const said = `because of ${status}`;
      const served = stage.serve(refused(stage.wire, Number(status), said));
      const { error, chunks } = await outcomeOf(served.connect());
      hasCode(error, code);
      equal(error.status, Number(status));
      ok(error.message.includes(said), 'the error has what the provider says');
      equal(error.emitted, false);
      equal(chunks.length, 0);
    });
  },
});

/** What came before a cut is a beginning of the whole: no text is doubled, no call is made up. */
function isPartOf(partial: AIMessage | undefined, whole: AIMessage): void {
  if (partial === undefined) return;
  ok(whole.text.startsWith(partial.text), `${partial.text} is no beginning of ${whole.text}`);
  for (const { id, args } of partial.tool_calls)
    ok(
      whole.tool_calls.some(
        (call) => call.id === id && JSON.stringify(call.args) === JSON.stringify(args),
      ),
      'half a call was made into a whole one',
    );
}
