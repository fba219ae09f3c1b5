export type {} from './tool-fields.js';
export type {
  AnthropicCallOptions,
  AnthropicClient,
  AnthropicLimits,
  AnthropicOptions,
  AnthropicTimeouts,
  OutputConfig,
} from './anthropic-options.js';
export { ChatAnthropic } from './chat-anthropic.js';
