import type { TimedRunEvent } from 'rxlm/marbles';
import { filter, fromEvent, map, type Observable } from 'rxjs';
import { element, make, setText, visible } from '../elements.js';
import type { History } from '../history.js';

const ROW = 24;

/** The events of a run, of which only those in sight have elements. */
export class EventList {
  /** The index of each event that is chosen. */
  readonly choices$: Observable<number>;
  /** Emits when other rows have to be shown. */
  readonly scrolled$: Observable<unknown>;
  readonly #host = element('events');
  readonly #room = make('div');
  readonly #count = element('filter-shown');
  #run: History | undefined;
  #filter = '';
  #read = 0;
  #found: number[] = [];

  constructor() {
    this.#host.append(this.#room);
    this.scrolled$ = fromEvent(this.#host, 'scroll');
    this.choices$ = fromEvent<MouseEvent>(this.#host, 'click').pipe(
      map(({ target }) =>
        Number((target as HTMLElement).closest<HTMLElement>('.row')?.dataset['event']),
      ),
      filter((index) => Number.isInteger(index)),
    );
  }

  show(run: History, text: string, count: number, chosen: number | undefined): void {
    this.#find(run, text, count);
    const total = this.#found.length;
    setText(this.#count, `${String(total)} of ${String(count)}`);
    this.#room.style.height = `${String(total * ROW)}px`;
    const { scrollTop, clientHeight } = this.#host;
    const first = Math.max(0, Math.floor(scrollTop / ROW) - 2);
    const seen = this.#found.slice(first, first + Math.ceil(clientHeight / ROW) + 4);
    const begin = run.events[0]?.timestamp ?? 0;
    const focused =
      document.activeElement instanceof HTMLElement
        ? document.activeElement.dataset['event']
        : undefined;
    this.#room.replaceChildren(
      ...seen.map((index, place) => {
        const row = rowOf(index, run.events[index], begin);
        row.style.top = `${String((first + place) * ROW)}px`;
        if (index === chosen) row.classList.add('chosen');
        return row;
      }),
    );
    if (focused !== undefined)
      this.#room
        .querySelector<HTMLElement>(`[data-event="${focused}"]`)
        ?.focus({ preventScroll: true });
  }

  /** Reads the events that have come since, or all where the run, the filter or the time is another one. */
  #find(run: History, text: string, count: number): void {
    if (run !== this.#run || text !== this.#filter || count < this.#read) {
      [this.#run, this.#filter, this.#read, this.#found] = [run, text, 0, []];
    }
    const wanted = text.trim().toLowerCase();
    for (; this.#read < count; this.#read++) {
      const event = run.events[this.#read];
      if (event !== undefined && (wanted === '' || wordsOf(event).includes(wanted)))
        this.#found.push(this.#read);
    }
  }
}

function rowOf(index: number, timed: TimedRunEvent | undefined, begin: number): HTMLElement {
  const row = make('button', 'row');
  row.type = 'button';
  row.dataset['event'] = String(index);
  if (timed === undefined) return row;
  const { timestamp, value } = timed;
  for (const text of [
    String(index),
    `${(timestamp - begin).toFixed(1)} ms`,
    value.event,
    value.name,
    summaryOf(timed),
  ])
    row.append(make('span', '', visible(text)));
  return row;
}

const wordsOf = (event: TimedRunEvent) =>
  `${event.value.event} ${event.value.name} ${summaryOf(event)}`.toLowerCase();

/** The beginning of what an event brings. */
function summaryOf({ value: { data } }: TimedRunEvent): string {
  const { chunk, output, error, input } = (data ?? {}) as Readonly<Record<string, unknown>>;
  const brought = chunk ?? error ?? output ?? input ?? data;
  if (typeof brought === 'string') return brought.slice(0, 200);
  const { content, message } = (brought ?? {}) as Readonly<Record<string, unknown>>;
  const said = typeof content === 'string' && content !== '' ? content : message;
  return (typeof said === 'string' ? said : JSON.stringify(content ?? brought ?? null)).slice(
    0,
    200,
  );
}
