// A chain of prompt, model and parser: its text as it comes, and its events picked by name, by type and by tag.
import { ChatPromptTemplate, type EventOptions, StringOutputParser, withConfig } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { MODEL } from './model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });
const chain = ChatPromptTemplate.fromMessages([
  ['system', 'You are {mood}.'],
  ['human', 'Write me a 1 verse song about {topic}'],
])
  .pipe(withConfig(model, { tags: ['poet'] }))
  .pipe(new StringOutputParser());

const input = { mood: 'terse', topic: 'goldfish on the moon' };
const filters: Record<string, EventOptions> = {
  'by name': { includeNames: ['ChatPromptTemplate'] },
  'by type': { includeTypes: ['parser'] },
  'by tag': { includeTags: ['poet'] },
};

for (const [title, filter] of Object.entries(filters)) {
  chain.events$(input, filter).subscribe({
    next: ({ event, name }) => {
      if (!event.endsWith('_stream')) console.log(`${title}: ${event} ${name}`);
    },
  });
}
