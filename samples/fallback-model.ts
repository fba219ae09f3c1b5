// When the first model fails before it has said anything, the second answers; both attempts are in the events.
import { withFallbacks } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { MODEL } from './model.ts';

const first = new ChatAnthropic({
  model: MODEL,
  maxTokens: 1024,
  maxRetries: 0,
  baseURL: 'http://127.0.0.1:9', // Nobody listens there.
});
const second = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });

withFallbacks(first, [second])
  .events$('Write me a 1 verse song about goldfish on the moon')
  .subscribe(({ event, name }) => {
    if (!event.endsWith('_stream')) console.log(event, name);
  });
