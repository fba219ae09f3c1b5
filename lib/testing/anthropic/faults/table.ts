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

/** The names of all faults, in the order of the table. */
export const faultNames = Object.keys(faults) as readonly FaultName[];
