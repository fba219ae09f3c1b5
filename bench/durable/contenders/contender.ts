import type { Observable } from 'rxjs';

/** A way to keep a stream of values in Redis, apart from who reads it. */
export interface Contender {
  /** Begins the stream, and resolves once readers can join it. */
  produce(url: string, id: string, value$: Observable<number>): Promise<void>;
  /** Reads it from its beginning: the values as they come, and then success or an error. */
  consume(url: string, id: string): Observable<number>;
}
