import type { ChatModelWire } from '../../contract/chat-model-wire.js';
import { encodeFrame } from '../../http/frame.js';
import type { Random } from '../../http/seeded-random.js';
import { errorBody } from '../provider-error.js';
import { GOOD } from '../recordings/good-answer.js';
import { eventStream } from '../reply.js';
import type { WireEvent } from '../wire-event.js';

/** How a fault, which is a script of events, is written by a provider. */
export interface FaultWire {
  /** The head of a sound stream. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes of an event; none for one that this wire has no frame for. */
  encode(event: WireEvent, random: Random): Uint8Array;
  /** The JSON body of a refusal. */
  refusal(status: number, type: string, message: string, requestId: string): object;
}

/** The wire in whose events the faults are written. */
export const ownWire: FaultWire = {
  headers: eventStream,
  encode: encodeFrame,
  refusal: (_status, type, message, requestId) => errorBody(type, message, requestId),
};

/**
 * Another wire: GOOD's text deltas, ping and errors are its frames, what it sends before the first text stands for
 * `message_start`, and all that follows the last text for `message_stop`.
 */
export function faultWireOf(wire: ChatModelWire): FaultWire {
  const text = GOOD.flatMap((event) => textOf(event) ?? []);
  const { frames } = wire.answer({ text, usage: { input: 3, output: 7 } });
  const { frames: marked } = wire.answer({ text: [MARK] });
  const place = marked.findIndex((frame) => frame.includes(MARK));
  const template = marked[place];
  if (template === undefined) throw new TypeError('the wire must write an answer’s text as it is');
  const written = (event: WireEvent): string => {
    const delta = textOf(event);
    if (delta !== undefined)
      return template.replaceAll(MARK, () => JSON.stringify(delta).slice(1, -1));
    switch (event.type) {
      case 'message_start':
        return frames.slice(0, place).join('');
      case 'message_stop':
        return frames.slice(place + text.length).join('');
      case 'ping':
        return wire.ping ?? '';
      case 'error':
        return wire.error(errorOf(event).message);
      default:
        return '';
    }
  };
  return {
    headers: { 'content-type': wire.mediaType ?? 'text/event-stream' },
    encode: (event) => Buffer.from(written(event)),
    refusal: (status, _type, message) => wire.refusal(status, message),
  };
}

const MARK = '@text@';

function textOf(event: WireEvent): string | undefined {
  const { delta } = event as { readonly delta?: { readonly text?: unknown } };
  return typeof delta?.text === 'string' ? delta.text : undefined;
}

function errorOf(event: WireEvent): { readonly message: string } {
  return (event as unknown as { readonly error: { readonly message: string } }).error;
}
