/** What kind of step a run is; the middle of an event's name. */
export type RunType = 'chain' | 'chat_model' | 'llm' | 'prompt' | 'parser' | 'tool' | 'retriever';

/** @internal How a run may end. */
export type RunEnding = 'end' | 'error' | 'cancel';

interface Start {
  /** The root's raw input; a nested run's as it took it; absent while the input is still arriving. */
  input?: unknown;
}
interface Stream {
  chunk: unknown;
}
interface End {
  output?: unknown;
  /** Absent at the root, whose start has it. */
  input?: unknown;
}
interface Failure extends End {
  /** The error as plain data, without its stack. */
  error: Record<string, unknown>;
}
interface OfCall {
  /** The id of the call that the tool is run for; absent where it was given plain arguments. */
  tool_call_id?: string;
}
type ToldAlike = Exclude<RunType, 'chat_model' | 'tool'>;

/**
 * The `data` of each event by the event's name. Layers that know better narrow an entry by declaration merging
 * (`on_chat_model_stream` has an `AIMessageChunk`), and a package of yours may add event kinds the same way.
 */
export interface RunEventData
  extends
    Record<`on_${ToldAlike}_start`, Start>,
    Record<`on_${'chain' | 'llm' | 'parser'}_stream`, Stream>,
    Record<`on_${ToldAlike}_end`, End>,
    Record<`on_${ToldAlike}_error`, Failure>,
    Record<`on_${ToldAlike | 'chat_model'}_cancel`, End> {
  on_chat_model_start: Start;
  on_chat_model_error: Failure;
  on_tool_start: Start & OfCall;
  on_tool_end: End & OfCall;
  /** Of a root, too, it has the input: arguments are what one needs to see of a failed call. */
  on_tool_error: Failure & OfCall;
  on_tool_cancel: End & OfCall;
  /** What was passed to `dispatchCustomEvent`, as it is. */
  on_custom_event: unknown;
}

/** An event's name. */
export type RunEventName = keyof RunEventData;

/** One event of a run, in LangChain's `streamEvents` schema. */
export interface RunEventOf<N extends RunEventName> {
  readonly event: N;
  /** The runnable's name, or the custom event's. */
  readonly name: string;
  readonly run_id: string;
  /** The runs around this one, root first. */
  readonly parent_ids: readonly string[];
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly data: RunEventData[N];
}

/**
 * An event of a run: what started, streamed, ended, failed or was cancelled, and where in the tree.
 * Switching on `event` narrows `data`.
 *
 * @see https://python.langchain.com/docs/how_to/streaming/#event-reference
 */
export type RunEvent = { [N in RunEventName]: RunEventOf<N> }[RunEventName];

/** Told every event of a run and of the runs inside it, synchronously. */
export type RunListener = (event: RunEvent) => void;
