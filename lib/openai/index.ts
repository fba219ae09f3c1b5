/**
 * `ChatOpenAI`: Chat Completions and its dialects, Responses, and Azure.
 *
 * @module rxlm/openai
 */
export { ChatOpenAI } from './chat-openai.js';
export type { Compat } from './compat.js';
export type { OpenAICallOptions, OpenAIOptions } from './openai-options.js';
export type { CallLimits, CallTimeouts } from '../http/call-settings.js';
