import { type Diagram, runMetrics } from 'rxlm/marbles';
import { make, setText } from '../elements.js';

/** The numbers of a run, each with the name that OpenTelemetry has for it. */
export class Metrics {
  readonly #values = new Map<string, HTMLElement>();

  constructor(host: HTMLElement) {
    for (const [label, title] of [
      ['First token', 'gen_ai.server.time_to_first_token'],
      ['Tokens/s', 'gen_ai.server.time_per_output_token, its inverse'],
      ['Gap p50', 'the median time between two pieces of a model run'],
      ['Gap p95', '95 % of the gaps are shorter'],
      ['In', 'gen_ai.usage.input_tokens'],
      ['Out', 'gen_ai.usage.output_tokens'],
      ['Retries', 'attempts that failed before the first piece'],
      ['Bytes', 'written by the server'],
      ['Events', 'of all runs in this tree'],
    ] as const) {
      const pair = make('div');
      pair.title = title;
      const value = make('dd', '', '–');
      pair.append(make('dt', '', label), value);
      host.append(pair);
      this.#values.set(label, value);
    }
  }

  show(diagram: Diagram): void {
    const { timeToFirstToken, tokensPerSecond, gaps, usage, retries, bytes } = runMetrics(diagram);
    const ms = (value: number | undefined) =>
      value === undefined ? '–' : `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
    this.#set('First token', ms(timeToFirstToken));
    this.#set('Tokens/s', tokensPerSecond?.toFixed(0) ?? '–');
    this.#set('Gap p50', ms(gaps?.p50));
    this.#set('Gap p95', ms(gaps?.p95));
    this.#set('In', String(usage.input_tokens ?? '–'));
    this.#set('Out', String(usage.output_tokens ?? '–'));
    this.#set('Retries', String(retries));
    this.#set('Bytes', String(bytes));
    this.#set('Events', String(diagram.events));
  }

  #set(label: string, text: string): void {
    const value = this.#values.get(label);
    if (value !== undefined) setText(value, text);
  }
}
