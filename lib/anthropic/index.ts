/**
 * `ChatAnthropic`: the Messages API of Anthropic.
 *
 * @module rxlm/anthropic
 */
export type {} from './tool-fields.js';
export type {
  AnthropicCallOptions,
  AnthropicClient,
  AnthropicOptions,
  OutputConfig,
} from './anthropic-options.js';
export { ChatAnthropic } from './chat-anthropic.js';
export type { CallLimits, CallTimeouts } from '../http/call-settings.js';
