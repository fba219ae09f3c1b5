/** Told synchronously, in the order of the stream. */
export interface EventStreamHandlers {
  /**
   * An event. `name` is `message` where the stream gives none, `data` has its lines joined by `\n`, and `id` is the
   * last one that the stream gave, `''` before there was any.
   */
  event(name: string, data: string, id: string): void;
  /** The milliseconds that a client shall wait before it connects again, as large as the server likes. */
  retry?(ms: number): void;
  /** A comment, of any text: a sign of life. */
  comment?(): void;
  /**
   * A short way to read the event that a stream mostly consists of. Asked where an event begins, at `start` of `text`: it
   * handles that one by itself if it knows it to the byte, blank line included and no longer than `maxSize`, and gives
   * where the next one begins; -1 leaves it to `event`. With it, the beginning of an event waits for more text for a while.
   */
  shortcut?(text: string, start: number, maxSize: number): number;
}
