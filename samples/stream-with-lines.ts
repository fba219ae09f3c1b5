// The how-to's JavaScript edition: `---` between the chunks, the empty ones included.
import { ChatAnthropic } from 'rxlm/anthropic';
import { MODEL } from './model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });

model.stream$('Write me a 1 verse song about goldfish on the moon').subscribe((chunk) => {
  console.log(`${chunk.text}\n---`);
});
