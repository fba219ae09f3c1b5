import { startFaultServer, type FaultServer } from '../../../lib/testing/anthropic/fault-server.js';
import { raw, type RawAnswer, type RawRequest } from '../raw-client.js';
import type { Fault, FaultParams } from '../../../lib/testing/anthropic/faults/fault.js';
import type { FaultName } from '../../../lib/testing/anthropic/faults/all-faults.js';

/** One way to play a fault: its parameters, how the client asks, and what must be seen then. */
export type Row = readonly [
  name: FaultName,
  params: FaultParams,
  request: RawRequest,
  check: (answer: RawAnswer, server: FaultServer) => void | Promise<void>,
];

// Some of these bodies are megabytes long, on whatever machine.
jest.setTimeout(60_000);

export const HELLO = 'Hello wörld 🌍👩‍🚀!';

/** Plays each row on a server of its own, and sees to it that the rows leave out no fault of the group. */
export function playFaults(group: Readonly<Record<string, Fault>>, rows: readonly Row[]): void {
  it('plays every fault of the group', () => {
    expect([...new Set(rows.map(([name]) => name))].sort()).toEqual(Object.keys(group).sort());
  });

  it('reports of every fault what it does and what it serves', () => {
    for (const { doc, cases } of Object.values(group)) {
      expect(doc).toMatch(/^[A-Z].+\.$/);
      expect(cases.every((name) => /^T\d{3}$/.test(name))).toBe(true);
      expect(cases).not.toHaveLength(0);
    }
  });

  describe.each(rows)('%s %j', (name, params, request, check) => {
    let server: FaultServer;
    beforeEach(async () => (server = await startFaultServer()));
    afterEach(() => server.close());

    it(group[name]?.doc ?? name, async () => {
      const answer = await raw(`${server.baseUrl(name, params)}/v1/messages`, request);
      await check(answer, server);
      expect(server.unplanned).toEqual([]);
    });
  });
}
