/**
 * `ChatOllama`: the API of Ollama.
 *
 * @module rxlm/ollama
 */
export { ChatOllama } from './chat-ollama.js';
export type { OllamaCallOptions, OllamaOptions } from './ollama-options.js';
export type { CallLimits, CallTimeouts } from '../http/call-settings.js';
