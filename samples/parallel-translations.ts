// Two translations at once: their chunks interleave as they arrive, and one unsubscribe would end both.
import { ChatPromptTemplate, parallel, StringOutputParser } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { MODEL } from './model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });
const into = (language: string) =>
  ChatPromptTemplate.fromMessages([['human', `Translate into ${language}: {text}`]])
    .pipe(model)
    .pipe(new StringOutputParser());

parallel({ french: into('French'), german: into('German') })
  .stream$({ text: 'Goldfish on the moon' })
  .subscribe((chunk) => {
    console.log(chunk);
  });
