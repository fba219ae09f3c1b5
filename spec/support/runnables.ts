import { map, type Observable } from 'rxjs';
import { Runnable, type RunConfig, type RunInput } from 'rxlm';
import { runChunks$ } from 'rxlm/provider';

/** Takes chunks of anything with a text and gives it in capitals, chunk by chunk: what a parser does. */
export class Capitals extends Runnable<{ readonly text: string } | string, string> {
  static override readonly lcName: string | undefined = 'Capitals';
  override readonly runType = 'parser';
  override readonly takes = 'chunks';

  override run$(
    input: RunInput<{ readonly text: string } | string>,
    config: RunConfig,
  ): Observable<string> {
    return runChunks$(this, input, config, (chunks$) =>
      (chunks$ as Observable<{ readonly text: string } | string>).pipe(
        map((chunk) => (typeof chunk === 'string' ? chunk : chunk.text).toUpperCase()),
      ),
    );
  }
}

type Body<C> = (chunks$: Observable<unknown>, config: RunConfig) => Observable<C>;

/** A runnable that takes chunks and does with them what `body` does. */
export class OnChunks<C> extends Runnable<unknown, C> {
  override readonly takes = 'chunks';
  readonly #body: Body<C>;

  constructor(body: Body<C>) {
    super();
    this.#body = body;
  }

  override run$(input: RunInput<unknown>, config: RunConfig): Observable<C> {
    return runChunks$(this, input, config, (chunks$, run) => this.#body(chunks$, run.configFor()));
  }
}
