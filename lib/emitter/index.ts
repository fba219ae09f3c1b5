/**
 * Run events as an event emitter, and back.
 *
 * @module rxlm/emitter
 */
export { type EmittedValue, type EmitterLike, fromEmitter } from './from-emitter.js';
export { type RunEmitter, type RunEmitterEvents, toEmitter } from './to-emitter.js';
export type {} from '../models/events.js';
