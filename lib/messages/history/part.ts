import type { AnyMessage } from '../any-message.js';

/** @internal Fields of a block as its author wrote them. */
export type Fields = Readonly<Record<string, unknown>>;

/** @internal What every part has. */
interface Placed {
  /** Where it stands, for errors: `messages[2].content[0]`. */
  readonly at: string;
  /** The block it was read from, with what its library keeps in `metadata` or `providerOptions` beside it. */
  readonly own: Fields;
}

/** @internal */
export interface TextPart extends Placed {
  readonly type: 'text';
  readonly text: string;
}

/** @internal The bytes of a medium, or where they are. */
export type MediaSource =
  | { readonly base64: string }
  | { readonly text: string }
  | { readonly url: string }
  | { readonly fileId: string };

/** @internal A picture, a sound, a video or a file. */
export interface MediaPart extends Placed {
  readonly type: 'media';
  readonly kind: 'image' | 'audio' | 'video' | 'file';
  readonly source: MediaSource;
  /** In lower case, without parameters; undefined if it is neither given nor visible in the bytes. */
  readonly mediaType: string | undefined;
  readonly title: string | undefined;
}

/** @internal What a model thought; with the signature, if it has one. */
export interface ReasoningPart extends Placed {
  readonly type: 'reasoning';
  readonly text: string;
  readonly signature: string | undefined;
}

/** @internal A call of a tool that the application runs. */
export interface CallPart extends Placed {
  readonly type: 'call';
  readonly id: string;
  readonly name: string;
  readonly input: Fields;
}

/** @internal What a call came to. */
export interface ResultPart extends Placed {
  readonly type: 'result';
  readonly callId: string;
  readonly content: readonly Part[];
  /** Whether its content was given as a string. */
  readonly plain: boolean;
  readonly isError: boolean;
}

/** @internal A block of a type that is one provider's own. */
export interface OtherPart extends Placed {
  readonly type: 'other';
  readonly blockType: string;
  /** Whether its author asked to send it as it is, as LangChain's `non_standard` block does. */
  readonly asIs: boolean;
}

/** @internal A part of a turn: the one form into which the blocks of all libraries are read. */
export type Part = TextPart | MediaPart | ReasoningPart | CallPart | ResultPart | OtherPart;

/** @internal One turn of a conversation. */
export interface Turn {
  readonly role: 'user' | 'assistant' | 'system';
  readonly parts: readonly Part[];
  /** Whether its content was given as a string. */
  readonly plain: boolean;
  /** Where its message stands in the input. */
  readonly at: string;
  /** The message it was read from; undefined for a turn that was added. */
  readonly message: AnyMessage | undefined;
}
