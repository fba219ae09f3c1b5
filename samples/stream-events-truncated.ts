// "Astream events" of the how-to: four events are printed, and at the fifth the request is aborted.
import { map, take } from 'rxjs';
import { ChatAnthropic } from 'rxlm/anthropic';
import { MODEL } from './model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });

model
  .events$('Write me a 1 verse song about goldfish on the moon', { version: 'v2' })
  .pipe(
    take(5),
    map((event, index) => (index < 4 ? JSON.stringify(event) : '...Truncated')),
  )
  .subscribe(console.log);
