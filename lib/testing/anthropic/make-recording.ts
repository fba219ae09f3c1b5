import {
  blockDelta,
  blockStart,
  blockStop,
  jsonDelta,
  messageDelta,
  messageStart,
  messageStop,
  ping,
  textDelta,
  type WireEvent,
} from './wire-event.js';

/** What one content block says; an array is told piece by piece, one delta each. */
export type BlockParts =
  | { readonly text: string | readonly string[] }
  | { readonly thinking: string | readonly string[]; readonly signature?: string }
  | {
      readonly tool: string;
      readonly id?: string;
      /** Its arguments: a value, sent as one delta, or the pieces of its JSON as they are. */
      readonly input: object | readonly string[];
    }
  | { readonly block: object };

/** What the message of a recording says. */
export interface RecordingParts {
  /** The tokens of a message that is one text block: one delta each. Short for `content: [{ text }]`. */
  readonly tokens?: readonly string[];
  readonly content?: readonly BlockParts[];
  readonly id?: string;
  readonly model?: string;
  /** Default: `tool_use` if the content has a tool call, else `end_turn`. */
  readonly stopReason?: string;
  /** The usage at `message_start` and at `message_delta`, as the wire names its fields. */
  readonly usage?: { readonly start?: object; readonly end?: object };
}

/**
 * The recording of a message that says `parts`, as the service would have sent it: `message_start`,
 * each block's start, deltas and stop, one `ping` after the first block's start, `message_delta`,
 * `message_stop`. Defaults: model `claude-3-haiku-20240307`, no content, zero usage.
 *
 * @example
 * recordingOf({ tokens: ['Hel', 'lo'], usage: { start: { input_tokens: 3 }, end: { output_tokens: 2 } } });
 * recordingOf({ content: [{ text: 'I look.' }, { tool: 'weather', input: { city: 'Graz' } }] });
 */
export function recordingOf(parts: RecordingParts): readonly WireEvent[] {
  if (parts.tokens && parts.content) {
    throw new TypeError('recordingOf: parts has both tokens and content; give one of them');
  }
  const content = parts.content ?? (parts.tokens ? [{ text: parts.tokens }] : []);
  const blocks = content.flatMap(blockEvents);
  const usesTool = content.some((block) => 'tool' in block);
  return [
    messageStart({
      id: parts.id ?? 'msg_recording',
      model: parts.model ?? 'claude-3-haiku-20240307',
      usage: {
        input_tokens: 0,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        output_tokens: 0,
        ...parts.usage?.start,
      },
    }),
    ...blocks.toSpliced(1, 0, ping),
    messageDelta(parts.stopReason ?? (usesTool ? 'tool_use' : 'end_turn'), {
      output_tokens: 0,
      ...parts.usage?.end,
    }),
    messageStop,
  ];
}

function blockEvents(parts: BlockParts, index: number): WireEvent[] {
  const { block, deltas } = scriptOf(parts, index);
  return [blockStart(index, block), ...deltas, blockStop(index)];
}

function scriptOf(parts: BlockParts, index: number): { block: object; deltas: WireEvent[] } {
  if ('text' in parts) {
    return {
      block: { type: 'text', text: '' },
      deltas: pieces(parts.text).map((text) => textDelta(index, text)),
    };
  }
  if ('thinking' in parts) {
    const thoughts = pieces(parts.thinking).map((thinking) =>
      blockDelta(index, { type: 'thinking_delta', thinking }),
    );
    const signature = parts.signature ?? `signature-${index}`;
    return {
      block: { type: 'thinking', thinking: '', signature: '' },
      deltas: [...thoughts, blockDelta(index, { type: 'signature_delta', signature })],
    };
  }
  if ('tool' in parts) {
    const id = parts.id ?? `toolu_${index}`;
    const json: readonly string[] = isPieces(parts.input)
      ? parts.input
      : [JSON.stringify(parts.input)];
    return {
      block: { type: 'tool_use', id, name: parts.tool, input: {} },
      deltas: json.map((piece) => jsonDelta(index, piece)),
    };
  }
  return { block: parts.block, deltas: [] };
}

const pieces = (text: string | readonly string[]): readonly string[] =>
  typeof text === 'string' ? [text] : text;

const isPieces = (input: object | readonly string[]): input is readonly string[] =>
  Array.isArray(input);
