import { isRecord } from '../../core/internal/is-record.js';
import { arrayOf, type Json } from '../../http/decoder/json.js';

/** A JSON string to the byte, with few escapes: one with many may take the general path. */
const STRING = new RegExp(
  String.raw`"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*){0,64}"`,
  'y',
);
/** Padding against guesses from the length of a chunk: OpenAI's and Mistral's. */
const PADDING = /"(?:obfuscation|p)":"([A-Za-z0-9]*)"/;
const PAD = /[A-Za-z0-9]*/y;

/** V8 copies a shorter slice; a longer one would keep all of the text alive that it was cut from. */
const SHORT = 12;

/** A server whose chunks differ in more than their text is not asked again. */
const MAX_LEARNED = 16;

type Field = 'content' | 'reasoning' | 'reasoning_content';
const FIELDS: readonly Field[] = ['content', 'reasoning_content', 'reasoning'];

interface Template {
  readonly field: Field;
  readonly before: string;
  readonly after: string;
  /** What stands behind the padding, where there is some. */
  readonly afterPadding: string | undefined;
}

/**
 * @internal Reads the frequent chunk, which differs from one before it in a text and in padding only, without parsing its
 * JSON. What the chunk looks like is learned from one that was parsed: each server writes it in its own way.
 */
export class FrequentChunk {
  field: Field = 'content';
  text = '';
  /** Where the next event begins. */
  end = 0;
  readonly #templates: Template[] = [];
  #learned = 0;

  /** Whether there is one at `start`. */
  read(events: string, start: number): boolean {
    for (const template of this.#templates) if (this.#readAs(template, events, start)) return true;
    return false;
  }

  /** Learns from a chunk and the text that it was parsed from. */
  learn(data: string, chunk: Json): void {
    if (this.#learned >= MAX_LEARNED) return;
    const field = textFieldOf(chunk);
    if (field === undefined) return;
    this.#learned += 1;
    const delta = data.indexOf('"delta":{');
    const key = delta < 0 ? -1 : data.indexOf(`"${field}":"`, delta);
    if (key < 0) return;
    const start = key + field.length + 3;
    STRING.lastIndex = start;
    if (!STRING.test(data)) return;
    const end = STRING.lastIndex;
    const rest = `${data.slice(end)}\n\n`;
    const padding = PADDING.exec(rest);
    const [whole = '', pad = ''] = padding ?? [];
    const padStart = (padding?.index ?? 0) + whole.length - pad.length - 1;
    const template: Template = {
      field,
      before: `data: ${data.slice(0, start)}`,
      after: padding === null ? rest : rest.slice(0, padStart),
      afterPadding: padding === null ? undefined : rest.slice(padStart + pad.length),
    };
    const same = this.#templates.findIndex((known) => known.field === field);
    if (same < 0) this.#templates.push(template);
    else this.#templates[same] = template;
  }

  #readAs({ field, before, after, afterPadding }: Template, events: string, start: number) {
    if (!events.startsWith(before, start)) return false;
    const from = start + before.length;
    STRING.lastIndex = from;
    if (!STRING.test(events)) return false;
    const to = STRING.lastIndex;
    if (!events.startsWith(after, to)) return false;
    let end = to + after.length;
    if (afterPadding !== undefined) {
      PAD.lastIndex = end;
      PAD.test(events);
      end = PAD.lastIndex;
      if (!events.startsWith(afterPadding, end)) return false;
      end += afterPadding.length;
    }
    const json = events.slice(from, to);
    this.field = field;
    this.text =
      json.length > SHORT || json.includes('\\') ? (JSON.parse(json) as string) : json.slice(1, -1);
    this.end = end;
    return true;
  }
}

/** The one field that grows in a chunk that says nothing else; undefined for every other chunk. */
function textFieldOf(chunk: Json): Field | undefined {
  const choices = arrayOf(chunk['choices']);
  const [choice] = choices;
  if (choices.length !== 1 || !isRecord(choice) || (choice['index'] ?? 0) !== 0) return undefined;
  const isSilent = (value: unknown) => value === undefined || value === null || value === '';
  if (!isSilent(choice['finish_reason']) || !isSilent(choice['logprobs'])) return undefined;
  if (!isSilent(chunk['usage']) || !isRecord(choice['delta'])) return undefined;
  const said = Object.entries(choice['delta']).filter(
    ([key, value]) =>
      key !== 'role' && !isSilent(value) && !(Array.isArray(value) && value.length === 0),
  );
  const [[name, text] = []] = said;
  return said.length === 1 && typeof text === 'string'
    ? FIELDS.find((field) => field === name)
    : undefined;
}
