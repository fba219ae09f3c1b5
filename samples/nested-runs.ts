import { lambda } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { MODEL } from './model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });

const poet = lambda((topic: string, config) => model.stream$(`A verse about ${topic}`, config), {
  name: 'Poet',
});

poet.events$('goldfish on the moon').subscribe(({ event, name, parent_ids }) => {
  if (!event.endsWith('_stream')) console.log(`${'  '.repeat(parent_ids.length)}${event} ${name}`);
});
