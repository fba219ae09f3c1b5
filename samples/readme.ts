import { take } from 'rxjs';
import { ChatPromptTemplate, StringOutputParser, toAsyncIterable } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { MODEL } from './model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });
const chain = ChatPromptTemplate.fromMessages([['human', 'Write me a {form} about {topic}']])
  .pipe(model)
  .pipe(new StringOutputParser());
const input = { form: '1 verse song', topic: 'goldfish on the moon' };

chain.stream$(input).subscribe((text) => process.stdout.write(text)); // one request, cancelled by unsubscribe
chain.events$(input).pipe(take(5)).subscribe(console.log); // the story of another, aborted at the fifth event
for await (const chunk of toAsyncIterable(model.stream$('Hi'))) if (chunk.text) break; // and back to iterators
