import { CONSUMERS } from './consumers.mjs';
import { HTTP } from './http.mjs';
import { LOAD } from './load.mjs';
import { PROTOCOL } from './protocol.mjs';
import { SECURITY } from './security.mjs';
import { TIME } from './time.mjs';
import { WIRE } from './wire.mjs';

/** The cases, by their numbers. */
export const CASES = [WIRE, PROTOCOL, HTTP, TIME, CONSUMERS, LOAD, SECURITY]
  .flat()
  .sort((a, b) => a.id.localeCompare(b.id));
