import { watchMemory } from './memory.mjs';
import { now } from './wait.mjs';

/** What a consumer has seen of one answer. It grows while the answer comes, so that a hang shows how far it got. */
export class Seen {
  text = '';
  /** How many texts came, and how long they were. */
  texts = 0;
  length = 0;
  /** How many came after it had been left. */
  afterwards = 0;
  /** Objects that inherit what a hostile key has named. */
  inherited = 0;
  message;
  error;
  beganAt = now();
  leftAt;
  memory;

  take = (text) => {
    this.count(text);
    if (this.text.length < 100_000) this.text += text;
  };

  /** Looks for what inherits from a hostile key. */
  search(value) {
    this.inherited += inheriting(value);
  }

  /** Like `take`, but keeps nothing. */
  count = (text) => {
    if (typeof text !== 'string' || text === '') return;
    if (this.leftAt !== undefined) this.afterwards += 1;
    this.texts += 1;
    this.length += text.length;
  };

  begin() {
    this.beganAt = now();
  }

  leave() {
    this.leftAt = now();
  }

  watchMemory() {
    this.memory = watchMemory();
  }
}

/** How many objects of a value have a property `polluted` that is not their own. */
function inheriting(value, depth = 8) {
  if (typeof value !== 'object' || value === null || depth === 0) return 0;
  let count = value.polluted !== undefined && !Object.hasOwn(value, 'polluted') ? 1 : 0;
  for (const key of Object.keys(value))
    count += inheriting(Object.getOwnPropertyDescriptor(value, key).value, depth - 1);
  return count;
}
