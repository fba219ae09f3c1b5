import type { TimedRunEvent } from 'rxlm/marbles';

/** A tool's run. */
export interface ToolCard {
  readonly id: string;
  readonly name: string;
  readonly input: string;
  readonly output?: string;
  readonly status: 'running' | 'done' | 'failed' | 'cancelled';
}

/** What a run has given so far. */
export interface RunResult {
  readonly text: string;
  readonly cards: readonly ToolCard[];
  /** The last value of a parser. */
  readonly object?: unknown;
  readonly failure?: string;
  readonly status: 'running' | 'done' | 'failed' | 'stopped';
}

export const NO_RESULT: RunResult = { text: '', cards: [], status: 'running' };

type Data = Readonly<Record<string, unknown>>;

/** The result with another event: a pure function, made for `scan`. */
export function growResult(result: RunResult, { value }: TimedRunEvent): RunResult {
  const { event, run_id, name, parent_ids } = value;
  const data = (value.data ?? {}) as Data;
  if (event === 'on_chat_model_start' && result.text !== '')
    return { ...result, text: `${result.text}\n` };
  if (event === 'on_chat_model_stream') {
    const text = textOf(data['chunk']);
    return text === '' ? result : { ...result, text: result.text + text };
  }
  if (event === 'on_parser_stream') {
    const { chunk } = data;
    return typeof chunk === 'object' ? { ...result, object: chunk } : result;
  }
  if (event.startsWith('on_tool_')) {
    const { cards } = result;
    const known = cards.find(({ id }) => id === run_id);
    const card = growCard(known ?? { id: run_id, name, input: '', status: 'running' }, event, data);
    const others = cards.map((each) => (each === known ? card : each));
    return { ...result, cards: known === undefined ? [...cards, card] : others };
  }
  return parent_ids.length > 0 ? result : endResult(result, event, data);
}

function endResult(result: RunResult, event: string, data: Data): RunResult {
  if (event.endsWith('_end')) return { ...result, status: 'done' };
  if (event.endsWith('_cancel')) return { ...result, status: 'stopped' };
  if (!event.endsWith('_error')) return result;
  const { name, code, message } = (data['error'] ?? {}) as Data;
  return { ...result, status: 'failed', failure: `${String(code ?? name)}: ${String(message)}` };
}

function growCard(card: ToolCard, event: string, data: Data): ToolCard {
  const shown = (value: unknown) => (value === undefined ? '' : JSON.stringify(value));
  if (event === 'on_tool_start') return { ...card, input: shown(data['input']) };
  if (event === 'on_tool_end')
    return { ...card, status: 'done', output: shown(outputOf(data['output'])) };
  if (event === 'on_tool_error') return { ...card, status: 'failed', output: shown(data['error']) };
  return event === 'on_tool_cancel' ? { ...card, status: 'cancelled' } : card;
}

/** A tool answers with a message, whose content is what one wants to see. */
function outputOf(output: unknown): unknown {
  return typeof output === 'object' && output !== null && 'content' in output
    ? output.content
    : output;
}

function textOf(chunk: unknown): string {
  const content = (chunk as { content?: unknown } | undefined)?.content;
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((block: Data) =>
      block['type'] === 'text' && typeof block['text'] === 'string' ? block['text'] : '',
    )
    .join('');
}
