import { element, make, setText, visible } from '../elements.js';
import type { RunResult, ToolCard } from '../run-result.js';

/** Of a longer answer the page shows the end. */
const MOST_SHOWN = 20_000;

const ENDINGS = { running: '…', done: 'done', failed: 'failed', cancelled: 'cancelled' } as const;

/** What a run has given: the text as it grows, a card a tool, the object. */
export class ResultView {
  readonly #answer = element('answer');
  readonly #cards = element('cards');
  readonly #object = element('object');
  readonly #failure = element('failure');
  readonly #sentences = element('sentences');
  #shown: RunResult | undefined;
  #spoken = '';

  show(result: RunResult): void {
    if (result === this.#shown) return;
    const { text, cards, object, failure } = result;
    this.#showText(text);
    if (cards !== this.#shown?.cards) this.#cards.replaceChildren(...cards.map(cardOf));
    this.#object.hidden = object === undefined;
    if (object !== undefined && object !== this.#shown?.object)
      setText(this.#object, visible(JSON.stringify(object, null, 2)).slice(0, MOST_SHOWN));
    this.#failure.hidden = failure === undefined;
    setText(this.#failure, visible(failure ?? '').slice(0, 1000));
    this.#shown = result;
  }

  /** Appends to the text that is shown, so that a long one is not laid out anew. */
  #showText(text: string): void {
    const before = this.#shown?.text ?? '';
    const node = this.#answer.firstChild;
    if (node instanceof Text && text.startsWith(before) && text.length <= MOST_SHOWN) {
      if (text.length > before.length) node.appendData(visible(text.slice(before.length)));
    } else if (text !== before || node === null) {
      const cut = text.length - MOST_SHOWN;
      const shown = cut > 0 ? `… ${String(cut)} characters …\n${text.slice(cut)}` : text;
      this.#answer.replaceChildren(document.createTextNode(visible(shown)));
    }
    this.#speak(text);
  }

  /** Screen readers get whole sentences, not every token. */
  #speak(text: string): void {
    if (!text.startsWith(this.#spoken)) this.#spoken = '';
    const rest = text.slice(this.#spoken.length, this.#spoken.length + 5000);
    const end = Math.max(
      ...['. ', '.\n', '! ', '? ', ':\n', ',\n'].map((mark) => rest.lastIndexOf(mark)),
    );
    if (end < 0) return;
    this.#sentences.textContent = visible(rest.slice(0, end + 1)).slice(-500);
    this.#spoken = text.slice(0, this.#spoken.length + end + 1);
  }
}

function cardOf({ name, input, output = '', status }: ToolCard): HTMLElement {
  const card = make('div', 'card');
  const shown = (text: string) => visible(text).slice(0, 500);
  card.append(make('b', '', shown(name)), ` ${shown(input)} ${ENDINGS[status]} ${shown(output)}`);
  return card;
}
