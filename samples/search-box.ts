// A search box: each question cancels the answer to the one before, and its request with it.
import { concatMap, debounceTime, delay, from, map, of, scan, switchMap } from 'rxjs';
import { ChatAnthropic } from 'rxlm/anthropic';
import { MODEL } from './model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });

// In a page this is fromEvent(input, 'input').
const typed$ = from([
  'Write me',
  'Write me a 1 verse song',
  'Write me a 1 verse song about goldfish',
]).pipe(concatMap((text) => of(text).pipe(delay(500))));

typed$
  .pipe(
    debounceTime(50),
    switchMap((question) =>
      model.stream$(question).pipe(
        scan((answer, chunk) => answer + chunk.text, ''),
        map((answer) => `${question} → ${String(answer.length)} characters`),
      ),
    ),
  )
  .subscribe(console.log);
