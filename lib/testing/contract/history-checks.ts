import { equal, ok } from 'node:assert/strict';
import type { AIMessage } from '../../messages/ai-message.js';
import { outcomeOf } from './outcome.js';
import { checks, streamed, type WireStage } from './contract-stage.js';

const ANSWER = {
  reasoning: ['Where is it?'],
  text: ['I look ', 'it up.'],
  calls: [{ id: 'call_1', name: 'weather', args: ['{"city":', '"Graz"}'] }],
};

/** Whatever a model hands out can be sent back to it. */
export const historyChecks = checks<WireStage>({
  'sends back what it has answered, as it is and through JSON': async (stage) => {
    const message = await stage.model(ANSWER).invoke('Hi');
    await isTaken(stage, message, 'I look it up.');
    await isTaken(stage, JSON.parse(JSON.stringify(message)) as AIMessage, 'I look it up.');
  },

  'sends back a message that was cut at any frame, and asks on': async (stage) => {
    const { frames, proof } = stage.wire.answer(ANSWER);
    for (let count = 0; count <= proof; count += 1) {
      const served = stage.serve(streamed(stage.wire, frames.slice(0, count)));
      const { error } = await outcomeOf(served.connect());
      const partial = error?.partial as AIMessage | undefined;
      if (partial !== undefined) await isTaken(stage, partial, partial.text.trim());
    }
  },
});

async function isTaken(stage: WireStage, message: AIMessage, said: string): Promise<void> {
  const served = stage.serve(streamed(stage.wire, stage.wire.answer({ text: ['Yes.'] }).frames));
  const { error } = await outcomeOf(served.connect(), [
    ['human', 'Hi'],
    message,
    ['human', 'Go on'],
  ]);
  equal(error, undefined);
  const body = served.requests[0]?.rawBody ?? '';
  ok(body.includes('Go on'), 'the question is in the request');
  ok(body.includes(said), 'what was said is in the request');
}
