import { type Diagram, titleOf } from 'rxlm/marbles';
import { element, setText, visible } from '../elements.js';
import type { History } from '../history.js';
import { causesOf, findMark } from './timeline.js';

const MOST_SHOWN = 20_000;

/** The event that is looked at: in words with what it was made of, and whole as JSON. */
export class DetailView {
  readonly #words = element('hover');
  readonly #whole = element('detail');
  #shown: unknown;

  show(run: History, diagram: Diagram, chosen: number | undefined): void {
    const event = chosen === undefined ? undefined : run.events[chosen];
    if (chosen === undefined || event === undefined || event === this.#shown) return;
    this.#shown = event;
    const titles = causesOf(diagram, chosen).flatMap((index) => {
      const mark = findMark(diagram, index);
      return mark === undefined ? [] : [`${run.events[index]?.value.name ?? ''}: ${titleOf(mark)}`];
    });
    setText(this.#words, visible(titles.join(' ← ') || event.value.event));
    setText(this.#whole, visible(JSON.stringify(event.value, null, 2).slice(0, MOST_SHOWN)));
  }
}
