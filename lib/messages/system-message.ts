import { Message } from './message.js';

/**
 * What the application says to the model before or between the turns.
 *
 * @example
 * new SystemMessage('Answer in one word.').type // => 'system'
 */
export class SystemMessage extends Message {
  readonly type = 'system';
}
