/**
 * `ChatGoogle`: Gemini and Vertex AI.
 *
 * @module rxlm/google
 */
export { ChatGoogle } from './chat-google.js';
export type { GoogleCallOptions, GoogleOptions } from './google-options.js';
export type { CallLimits, CallTimeouts } from '../http/call-settings.js';
