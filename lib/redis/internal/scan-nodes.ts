import type { Engine } from './engine.js';

/** @internal Scans one node of a cluster after the other. The cursor is the number of the node with the cursor on it. */
export function scanNodes(nodes: readonly Engine['scan'][]): Engine['scan'] {
  return async (cursor, match, count) => {
    const [, number = '0', own = '0'] = /^(\d+)\.(\d+)$/.exec(cursor) ?? [];
    const at = Number(number);
    const node = nodes[at];
    if (node === undefined) return ['0', []];
    const [next, keys] = await node(own, match, count);
    if (next !== '0') return [`${number}.${next}`, keys];
    return [at + 1 < nodes.length ? `${String(at + 1)}.0` : '0', keys];
  };
}
