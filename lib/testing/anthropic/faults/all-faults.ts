import { byteFaults } from './bytes.js';
import { connectionFaults } from './connection.js';
import { endingFaults } from './endings.js';
import { eventFaults } from './events.js';
import { hostileFaults } from './hostile.js';
import { indexFaults } from './indexes.js';
import { statusFaults } from './status.js';
import { syntaxFaults } from './syntax.js';
import { timeFaults } from './time.js';
import { toolFaults } from './tools.js';
import { usageFaults } from './usage.js';
import { volumeFaults } from './volume.js';

/** Every fault by name: what it does (`doc`), the parameters it takes with their defaults (`params`), the acceptance cases it serves. */
export const faults = {
  ...syntaxFaults,
  ...byteFaults,
  ...endingFaults,
  ...eventFaults,
  ...indexFaults,
  ...usageFaults,
  ...toolFaults,
  ...hostileFaults,
  ...statusFaults,
  ...connectionFaults,
  ...timeFaults,
  ...volumeFaults,
};

/** The name of a fault. */
export type FaultName = keyof typeof faults;

/** Those that only the events of Anthropic's wire can have: blocks, indexes, their own order, what a message's head says. */
const OWN_EVENTS: ReadonlySet<string> = new Set([
  ...Object.keys({ ...eventFaults, ...indexFaults, ...usageFaults, ...toolFaults }),
  ...Object.keys(hostileFaults),
  ...['no-message-delta', 'no-block-stop', 'after-stop', 'second-message', 'many-blocks'],
]);
const ON_EVERY_WIRE = ['error-first', 'error-after', 'pings'];

/** Whether a fault can be played over any wire: it is about HTTP, connections, endings, time, bytes, volume or errors. */
export function isOnEveryWire(name: string): boolean {
  return ON_EVERY_WIRE.includes(name) || !OWN_EVENTS.has(name);
}

/** The names of all faults, in the order of the table. */
export const faultNames = Object.keys(faults) as readonly FaultName[];
