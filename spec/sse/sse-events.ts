import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { lastValueFrom, type Observable, reduce } from 'rxjs';

/** The events of a stream as a parser that is not ours reads them. */
export function sseEvents(texts$: Observable<string>): Promise<EventSourceMessage[]> {
  return lastValueFrom(texts$.pipe(reduce((all, text) => all + text, ''))).then(parseSse);
}

/** The events of a whole stream as a parser that is not ours reads them. */
export function parseSse(text: string): EventSourceMessage[] {
  const events: EventSourceMessage[] = [];
  createParser({ onEvent: (event) => events.push(event) }).feed(text);
  return events;
}
