import { Message } from './message.js';

/**
 * What the user says: text, or blocks of text, images and documents.
 *
 * @example
 * new HumanMessage('Hi').text // => 'Hi'
 */
export class HumanMessage extends Message {
  readonly type = 'human';
}
