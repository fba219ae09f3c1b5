/**
 * @internal The last word of an event's name: `start`, `stream`, `end`, `error`, `cancel`, `retry`, …
 */
export function phaseOf(event: string): string {
  return event.slice(event.lastIndexOf('_') + 1);
}

/** @internal Whether a phase is the last of a run. */
export function isEnding(phase: string): boolean {
  return phase === 'end' || phase === 'error' || phase === 'cancel';
}
