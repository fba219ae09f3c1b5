import { Observable } from 'rxjs';
import type { TimedRunEvent } from 'rxlm/marbles';

/** The events of all runs as the server reports them. Unsubscribing closes the connection. */
export const feed$ = new Observable<TimedRunEvent>((subscriber) => {
  const source = new EventSource('/events');
  source.onmessage = ({ data }: MessageEvent<string>) => {
    subscriber.next(JSON.parse(data) as TimedRunEvent);
  };
  return () => {
    source.close();
  };
});
