export { InjectModel } from './inject-model.js';
export { getModelToken } from './model-token.js';
export {
  type RxlmDynamicModule,
  RxlmModule,
  type RxlmModuleAsyncOptions,
  type RxlmModuleOptions,
  type RxlmModuleScope,
} from './rxlm-module.js';
