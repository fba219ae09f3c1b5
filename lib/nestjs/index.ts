/**
 * The module, filter and health indicator for NestJS.
 *
 * @module rxlm/nestjs
 */
export { InjectModel } from './inject-model.js';
export { getModelToken } from './model-token.js';
export { primedForNest, type PrimedForNestOptions } from './primed-for-nest.js';
export {
  RxlmExceptionFilter,
  type RxlmExceptionFilterOptions,
  type AnswerableResponse,
  type HttpHost,
} from './rxlm-exception-filter.js';
export {
  type RxlmHealth,
  RxlmHealthIndicator,
  type RxlmHealthIndicatorOptions,
} from './rxlm-health-indicator.js';
export {
  type RxlmErrorHandler,
  type RxlmDynamicModule,
  RxlmModule,
  type RxlmModuleAsyncOptions,
  type RxlmModuleOptions,
  type RxlmModuleScope,
} from './rxlm-module.js';
export type { SafeError } from '../sse/frames/safe-error.js';
export type { ResponseWithHeaders } from './to-http-exception.js';
export {
  type MessageEventsOptions,
  type SseMessageEvent,
  toMessageEvents,
} from './to-message-events.js';
