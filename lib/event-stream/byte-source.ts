/** Takes the bytes of a body. After `end` or `lost` nothing more comes. */
export interface ByteSink {
  /** Bytes in the order of the body: all that came in one turn of the event loop. */
  bytes(pieces: readonly Uint8Array[]): void;
  /** The body has ended by itself. */
  end(): void;
  /** The body broke off. */
  lost(error: unknown): void;
}

/** A body that pushes its bytes, without a promise for each piece. */
export interface ByteSource {
  /** Whether all of the body has come, though a sink may not have seen it. */
  readonly ended: boolean;
  /** Starts reading, or continues with another sink, which is not called before this returns. */
  pipe(sink: ByteSink): void;
  /** Stops reading. The sink is not called until `resume`. */
  pause(): void;
  resume(): void;
  /** Stops reading for good and releases the connection. */
  cancel(): void;
}
