import type { Observable } from 'rxjs';
import { reviveMessages } from '../../messages/internal/revive-messages.js';
import type { RunInfo, RunPage, RunStore } from '../run-store.js';
import { readSnapshot } from './compacted-log.js';
import type { SharedReads } from './shared-reads.js';

/** @internal A value, and the number of the last entry that it stands for. */
export type ReadValue = readonly [seq: number, value: unknown];

/** @internal A page with its values. */
export interface ReadRun {
  readonly info: RunInfo;
  readonly values: readonly ReadValue[];
}

const PAGE = { limit: 256, maxChars: 256 * 1024 };

/** @internal A page behind an entry, or without values where `after` is undefined; undefined for a run that does not exist. */
export function readRun$(
  store: RunStore,
  reads: SharedReads,
  id: string,
  after: number | undefined,
  beats: number,
): Observable<ReadRun | undefined> {
  const query =
    after === undefined
      ? { after: 0, limit: 0, maxChars: 1 }
      : { after, ...PAGE, snapshot: after === 0 };
  return reads.ask$(
    `${String(beats)} ${String(after)} ${id}`,
    () => store.read(id, query),
    readPage,
  );
}

function readPage(page: RunPage | undefined): ReadRun | undefined {
  if (page === undefined) return undefined;
  const { entries, snapshot, ...info } = page;
  const compacted = snapshot === undefined ? [] : readSnapshot(snapshot);
  const values = [
    ...compacted.map(([seq, value]) => [seq, reviveMessages(value)] as const),
    ...entries.map(({ seq, data }) => [seq, reviveMessages(JSON.parse(data))] as const),
  ];
  return { info, values };
}
