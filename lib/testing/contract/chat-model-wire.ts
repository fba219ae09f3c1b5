import type { FinishReason } from '../../messages/finish-reason.js';

/** A call of a tool, the JSON of its arguments in pieces. */
export interface WireCall {
  readonly id: string;
  readonly name: string;
  readonly args: readonly string[];
}

/** What an answer says, in words that are no provider's: first what was thought, then the text, then the calls. */
export interface WireAnswer {
  /** Left out by a wire that has none. */
  readonly reasoning?: readonly string[];
  readonly text?: readonly string[];
  readonly calls?: readonly WireCall[];
  /** Why it ends. @defaultValue `tool_call` where there are calls, else `stop` */
  readonly finish?: FinishReason;
  readonly usage?: { readonly input: number; readonly output: number };
}

/** An answer as a provider writes it. */
export interface WireFrames {
  /** The frames of the stream in order, each with the line ends behind it. */
  readonly frames: readonly string[];
  /** The index of the frame that proves success: a stream that ends before the end of that frame is cut. */
  readonly proof: number;
  /** The provider's own id of the message, if it has one. */
  readonly id?: string;
}

/** How a provider writes its answers: what {@link describeChatModel} has to know of it. */
export interface ChatModelWire {
  /** @defaultValue `text/event-stream` */
  readonly mediaType?: string;
  answer(answer: WireAnswer): WireFrames;
  /** The frame with which the provider reports, inside a stream, an error after which the same request may succeed. */
  error(message: string): string;
  /** The JSON body of a refusal. */
  refusal(status: number, message: string): object;
  /** A sign of life that says nothing; absent where the wire has none. */
  readonly ping?: string;
  /** A frame of an event that does not exist yet, with `note` somewhere in it; absent where the wire has no place for one. */
  unknown?(note: string): string;
  /** What the wire can say of why a message ended. @defaultValue stop, length, tool_call */
  readonly finishes?: readonly FinishReason[];
  /** Whether an answer ends with its body only: what comes behind the proof belongs to it. @defaultValue false */
  readonly endsWithBody?: boolean;
  /** Whether calls come whole, with arguments that are always valid. @defaultValue false */
  readonly wholeCalls?: boolean;
}

/** The finish of an answer, where it says none itself. */
export function finishOf({ finish, calls = [] }: WireAnswer): FinishReason {
  return finish ?? (calls.length > 0 ? 'tool_call' : 'stop');
}
