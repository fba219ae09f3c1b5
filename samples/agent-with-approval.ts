// An agent with two tools: what only looks may be done, what changes something is asked for first. Its tokens stream
// throughout, and one unsubscribe would end whichever is at work, the model, a tool or the question.
import { of } from 'rxjs';
import { runTools, tool } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { z } from 'zod';
import { MODEL } from './model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });
const look = tool({
  name: 'look',
  description: 'Looks into the bowl.',
  schema: z.object({ bowl: z.string() }),
  func: ({ bowl }) => `2 goldfish in the ${bowl} bowl`,
});
const feed = tool({
  name: 'feed',
  description: 'Feeds the fish.',
  schema: z.object({ bowl: z.string(), flakes: z.number() }),
  func: ({ bowl, flakes }) => `${String(flakes)} flakes into the ${bowl} bowl`,
});

const agent = runTools(model, [look, feed], {
  // A question to somebody, in a program that has somebody to ask: any Observable or promise of a decision.
  approve: ({ name, args }) =>
    of(name === 'look' || Number(args['flakes']) <= 10 || { approved: false, reason: 'Too much.' }),
});

agent.stream$('Look after the fish in the round bowl').subscribe((chunk) => {
  if (chunk.type === 'tool') console.log(`[${chunk.status}] ${chunk.text}`);
  else if (chunk.text !== '') console.log(chunk.text);
});
