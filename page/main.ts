import {
  animationFrameScheduler,
  auditTime,
  catchError,
  combineLatest,
  distinctUntilChanged,
  EMPTY,
  filter,
  finalize,
  fromEvent,
  map,
  merge,
  scan,
  share,
  startWith,
  switchMap,
  takeUntil,
} from 'rxjs';
import { element, setText, visible } from './elements.js';
import { feed$ } from './feed.js';
import { type Action, NO_RUNS, type PageState, reduce, selectedRun } from './page-state.js';
import { runScenario } from './run-scenario.js';
import { statusOf } from './status-line.js';
import { Controls } from './views/controls.js';
import { DetailView } from './views/detail.js';
import { EventList } from './views/event-list.js';
import { Metrics } from './views/metrics.js';
import { ResultView } from './views/result.js';
import { RunPickers } from './views/run-pickers.js';
import { Scrubber } from './views/scrubber.js';
import { Timeline } from './views/timeline.js';

const styles = getComputedStyle(document.documentElement);
const palette = (name: string) => styles.getPropertyValue(`--${name}`);

const controls = new Controls();
const pickers = new RunPickers();
const timeline = new Timeline(element('timeline'), palette);
const compared = new Timeline(element('compared'), palette);
const metrics = new Metrics(element('metrics'));
const result = new ResultView();
const scrubber = new Scrubber();
const list = new EventList();
const detail = new DetailView();

const event$ = feed$.pipe(share());
const filterBox = element<HTMLInputElement>('filter');

const action$ = merge(
  event$.pipe(map((event): Action => ({ type: 'event', event }))),
  pickers.actions$,
  scrubber.actions$,
  merge(timeline.choices$, list.choices$).pipe(
    distinctUntilChanged(),
    map((to): Action => ({ type: 'choose', to })),
  ),
  fromEvent(filterBox, 'input').pipe(
    map((): Action => ({ type: 'filter', text: filterBox.value })),
  ),
);
const state$ = action$.pipe(scan(reduce, NO_RUNS), share());

/** What may change the picture without an action. */
const repaint$ = merge(
  fromEvent(window, 'resize'),
  list.scrolled$,
  fromEvent(matchMedia('(prefers-color-scheme: dark)'), 'change'),
).pipe(startWith(undefined));

// A frame at most, however many events come in it.
combineLatest([state$, repaint$])
  .pipe(auditTime(0, animationFrameScheduler))
  .subscribe({
    next: ([state]) => {
      render(state);
    },
    error: fail,
  });
state$.pipe(auditTime(200)).subscribe({
  next: (state) => {
    const run = selectedRun(state);
    if (run !== undefined) metrics.show(run.at(state.position ?? Infinity).diagram);
  },
  error: fail,
});
controls.shown$().subscribe({ error: fail });

/** A run is unsubscribed by Stop, by the next one, and when it has ended of itself. */
controls.sent$
  .pipe(
    switchMap((asked) => {
      controls.running = true;
      const ended$ = event$.pipe(
        filter(
          ({ value }) => value.run_id === asked.id && /_(end|error|cancel)$/.test(value.event),
        ),
      );
      return runScenario(asked).pipe(
        catchError((error: unknown) => {
          fail(error);
          return EMPTY;
        }),
        finalize(() => {
          controls.running = false;
        }),
        takeUntil(merge(controls.stopped$, ended$)),
      );
    }),
  )
  .subscribe({ error: fail });

function fail(error: unknown): void {
  setText(element('status'), visible(String(error)));
}

function render(state: PageState): void {
  const run = selectedRun(state);
  if (run === undefined) return;
  const { position, chosen, filter: text } = state;
  const count = position ?? run.events.length;
  const { diagram, result: given } = run.at(count);
  const other = state.compared === undefined ? undefined : state.runs.get(state.compared);
  const end = Math.max(run.last.diagram.duration, other?.last.diagram.duration ?? 0);
  pickers.show(state);
  timeline.show(diagram, end, chosen);
  element('compared').hidden = other === undefined;
  if (other !== undefined) compared.show(other.last.diagram, end, undefined);
  result.show(given);
  scrubber.show(run, count);
  list.show(run, text, count, chosen);
  detail.show(run, diagram, chosen);
  setText(element('status'), visible(statusOf(diagram, given)));
}
