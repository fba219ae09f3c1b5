// "Async streaming" of the how-to: the same Observable as an async iterator. `break` would abort the request.
import { toAsyncIterable } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { MODEL } from './model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });

for await (const chunk of toAsyncIterable(
  model.stream$('Write me a 1 verse song about goldfish on the moon'),
)) {
  if (chunk.text) process.stdout.write(chunk.text + '|');
}
process.stdout.write('\n');
