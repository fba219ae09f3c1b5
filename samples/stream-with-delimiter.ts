// "Sync streaming" of the how-to: a | shows where one token ends and the next begins.
import { ChatAnthropic } from 'rxlm/anthropic';
import { MODEL } from './model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });

model.stream$('Write me a 1 verse song about goldfish on the moon').subscribe({
  next: (chunk) => chunk.text && process.stdout.write(chunk.text + '|'),
  complete: () => process.stdout.write('\n'),
});
