export type {} from './tool-fields.js';
export type {
  AnthropicCallOptions,
  AnthropicLimits,
  AnthropicOptions,
  AnthropicTimeouts,
  OutputConfig,
} from './anthropic-options.js';
export { ChatAnthropic } from './chat-anthropic.js';
