import { describeValue } from '../core/internal/describe-value.js';
import type { RunListener } from '../core/events/run-event.js';
import { isRunnable, type Runnable } from '../core/runnable.js';
import { withConfig } from '../runnables/with-config.js';
import type { ListenerErrorContext } from '../core/events/report-listener-error.js';
import type { EdgeErrorContext } from '../sse/frames/edge-errors.js';
import { RxlmExceptionFilter } from './rxlm-exception-filter.js';
import { getModelToken } from './model-token.js';

/** The models, or whatever else can be run, by the names under which they are injected. */
export interface RxlmModuleOptions {
  readonly models: Readonly<Record<string, Runnable<never, unknown, unknown>>>;
  /** Hear every event of the models' runs and of the runs inside, each once, as with `withConfig`. */
  readonly listeners?: readonly RunListener[] | undefined;
  /**
   * Hears of what a listener of the models' runs throws, and of what the module's `RxlmExceptionFilter` answers. By default the
   * platform warns of what is your own code's.
   */
  readonly onError?: RxlmErrorHandler | undefined;
}

/** Hears of an error that nobody else handles. */
export type RxlmErrorHandler = (
  error: unknown,
  context: ListenerErrorContext | EdgeErrorContext,
) => void;

/** Whether every module can inject the models, or those that import this one. */
export interface RxlmModuleScope {
  /** @defaultValue false */
  readonly isGlobal?: boolean | undefined;
}

/** How models are made of what other modules provide. */
export interface RxlmModuleAsyncOptions extends RxlmModuleScope {
  /** The names of the models that the factory gives: they must be known before it is called. */
  readonly names: readonly string[];
  /** Makes the models, of the providers that `inject` names. */
  readonly useFactory: (...injected: never[]) => RxlmModuleOptions | Promise<RxlmModuleOptions>;
  readonly inject?: readonly unknown[] | undefined;
  readonly imports?: readonly unknown[] | undefined;
  /** Hear the models' runs, beside those that the factory gives. */
  readonly listeners?: readonly RunListener[] | undefined;
  /** As of {@link RxlmModuleOptions}. */
  readonly onError?: RxlmErrorHandler | undefined;
}

/** A dynamic module of Nest, as far as `RxlmModule` is one. */
export interface RxlmDynamicModule {
  module: new () => RxlmModule;
  global: boolean;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as Nest types them
  imports: any[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as Nest types them
  providers: any[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as Nest types them
  exports: any[];
}

const OPTIONS = 'RxlmModuleOptions';

/**
 * A module of Nest that provides models by name, for `@InjectModel('fast')`.
 *
 * It is a plain class without decorators, so that it is the same module whatever version of Nest imports it.
 *
 * @example
 * // @Module({ imports: [RxlmModule.forRoot({ models: { fast: new ChatAnthropic({ … }) } })] })
 */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- Nest knows modules by their class
export class RxlmModule {
  /** The module with these models. Throws a `TypeError` for what cannot be run. */
  static forRoot({ isGlobal, ...options }: RxlmModuleOptions & RxlmModuleScope): RxlmDynamicModule {
    const models = Object.entries(checkModels(options));
    return moduleOf(
      isGlobal,
      options.onError,
      [],
      models.map(([name, model]) => ({ provide: getModelToken(name), useValue: model })),
    );
  }

  /**
   * The module with models that are made when the application starts, of configuration, say. The application fails to
   * start where the factory gives no model of one of the names.
   *
   * @example
   * // RxlmModule.forRootAsync({
   * //   names: ['fast'],
   * //   imports: [ConfigModule],
   * //   inject: [ConfigService],
   * //   useFactory: (config: ConfigService) => ({ models: { fast: new ChatAnthropic({ apiKey: config.get('KEY') }) } }),
   * // })
   */
  static forRootAsync({
    isGlobal,
    names,
    useFactory,
    inject = [],
    imports = [],
    listeners = [],
    onError,
  }: RxlmModuleAsyncOptions): RxlmDynamicModule {
    if (!Array.isArray(names) || names.length === 0) {
      throw new TypeError(
        `forRootAsync takes the names of the models that its factory gives, got ${describeValue(names)}`,
      );
    }
    if (typeof useFactory !== 'function')
      throw new TypeError(`useFactory must be a function, got ${describeValue(useFactory)}`);
    const providers = names.map((name: string) => ({
      provide: getModelToken(name),
      inject: [OPTIONS],
      useFactory: (options: RxlmModuleOptions) => modelOf(options, name, listeners, onError),
    }));
    return moduleOf(isGlobal, onError, imports, providers, {
      provide: OPTIONS,
      inject,
      useFactory,
    });
  }
}

function moduleOf(
  isGlobal = false,
  onError: RxlmErrorHandler | undefined,
  imports: readonly unknown[],
  models: readonly { readonly provide: string }[],
  ...others: readonly object[]
): RxlmDynamicModule {
  return {
    module: RxlmModule,
    global: isGlobal,
    imports: [...imports],
    providers: [...others, ...models, filterOf(onError)],
    exports: [...models.map(({ provide }) => provide), RxlmExceptionFilter],
  };
}

function filterOf(onError: RxlmErrorHandler | undefined) {
  return { provide: RxlmExceptionFilter, useValue: new RxlmExceptionFilter({ onError }) };
}

function checkModels(options: RxlmModuleOptions): RxlmModuleOptions['models'] {
  const { models, listeners = [], onError } = options;
  if (typeof models !== 'object' || (models as unknown) === null)
    throw new TypeError(`models must be an object of models by name, got ${describeValue(models)}`);
  for (const [name, model] of Object.entries(models)) {
    if (!isRunnable(model))
      throw new TypeError(`models.${name} must be a model, got ${describeValue(model)}`);
  }
  if (listeners.length === 0 && onError === undefined) return models;
  const heard = Object.entries(models).map(([name, model]) => [
    name,
    withConfig(model, { listeners, onError }),
  ]);
  return Object.fromEntries(heard) as RxlmModuleOptions['models'];
}

function modelOf(
  options: RxlmModuleOptions,
  name: string,
  listeners: readonly RunListener[],
  onError: RxlmErrorHandler | undefined,
): unknown {
  const models = checkModels({
    onError,
    ...options,
    listeners: [...listeners, ...(options.listeners ?? [])],
  });
  if (Object.hasOwn(models, name)) return models[name];
  throw new TypeError(`the factory of RxlmModule gives no model ${describeValue(name)}`);
}
