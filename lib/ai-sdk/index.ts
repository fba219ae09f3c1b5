/**
 * `fromAiSdk`: the language models of the AI SDK as chat models.
 *
 * @module rxlm/ai-sdk
 */
export { fromAiSdk } from './from-ai-sdk.js';
export type { AiSdkCallOptions, AiSdkLanguageModel, AiSdkOptions } from './ai-sdk-options.js';
export type { CallLimits, CallTimeouts } from '../http/call-settings.js';
