/** @internal A place in a run: behind the entry `seq` of the claim `epoch`. */
export interface RunCursor {
  readonly epoch: number;
  readonly seq: number;
}

/** @internal As it is on the wire: `epoch.seq`, at most 33 characters that every header takes. */
export function formatCursor({ epoch, seq }: RunCursor): string {
  return `${String(epoch)}.${String(seq)}`;
}

/** @internal Undefined for a text that `formatCursor` never gives: untrusted input. */
export function parseCursor(text: unknown): RunCursor | undefined {
  if (typeof text !== 'string') return undefined;
  const parts = /^([1-9]\d{0,15})\.(0|[1-9]\d{0,15})$/.exec(text);
  if (parts === null) return undefined;
  const [epoch, seq] = [Number(parts[1]), Number(parts[2])];
  return Number.isSafeInteger(epoch) && Number.isSafeInteger(seq) ? { epoch, seq } : undefined;
}

/** @internal Whether a text may be the id of a run. */
export function isRunId(id: unknown): id is string {
  return typeof id === 'string' && /^[\w.~:-]{1,128}$/.test(id);
}
