import { faultNames, faults } from '../../../../lib/testing/anthropic/faults/all-faults.js';
import { byteFaults } from '../../../../lib/testing/anthropic/faults/bytes.js';
import { connectionFaults } from '../../../../lib/testing/anthropic/faults/connection.js';
import { endingFaults } from '../../../../lib/testing/anthropic/faults/endings.js';
import { eventFaults } from '../../../../lib/testing/anthropic/faults/events.js';
import { hostileFaults } from '../../../../lib/testing/anthropic/faults/hostile.js';
import { indexFaults } from '../../../../lib/testing/anthropic/faults/indexes.js';
import { statusFaults } from '../../../../lib/testing/anthropic/faults/status.js';
import { syntaxFaults } from '../../../../lib/testing/anthropic/faults/syntax.js';
import { timeFaults } from '../../../../lib/testing/anthropic/faults/time.js';
import { toolFaults } from '../../../../lib/testing/anthropic/faults/tools.js';
import { usageFaults } from '../../../../lib/testing/anthropic/faults/usage.js';
import { volumeFaults } from '../../../../lib/testing/anthropic/faults/volume.js';

const groups = [
  byteFaults,
  connectionFaults,
  endingFaults,
  eventFaults,
  hostileFaults,
  indexFaults,
  statusFaults,
  syntaxFaults,
  timeFaults,
  toolFaults,
  usageFaults,
  volumeFaults,
];

describe('faults', () => {
  it('has every fault of every group once', () => {
    const names = groups.flatMap((group) => Object.keys(group));
    expect(new Set(names).size).toBe(names.length);
    expect([...faultNames].sort()).toEqual(names.sort());
  });

  it('has names in kebab-case', () => {
    for (const name of faultNames) expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  });

  it('serves the acceptance cases that a server can bring about', () => {
    const served = new Set(Object.values(faults).flatMap(({ cases }) => cases));
    const wanted = [
      [1, 11],
      [13, 15],
      [17, 26],
      [28, 29],
      [31, 32],
      [34, 37],
      [39, 40],
      [44, 49],
      [51, 58],
      [62, 65],
      [78, 78],
      [130, 130],
      [134, 134],
    ].flatMap(([first = 0, last = 0]) =>
      Array.from({ length: last - first + 1 }, (_, n) => `T${String(first + n).padStart(3, '0')}`),
    );
    expect(wanted.filter((name) => !served.has(name))).toEqual([]);
  });
});
