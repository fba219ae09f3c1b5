import 'reflect-metadata';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { expectTypeOf } from 'expect-type';
import { type ChatModel, type RunEvent, withConfig } from 'rxlm';
import { getModelToken } from '../../lib/nestjs/model-token.js';
import { type RxlmDynamicModule, RxlmModule } from '../../lib/nestjs/rxlm-module.js';
import { Parrot } from '../operators/some-runs.js';
import { decorate } from './decorate.js';

/** An application of a module that needs the model `fast`, beside one that may provide it. */
async function start(beside: RxlmDynamicModule, own: object[] = []) {
  class Feature {}
  class App {}
  const needs = {
    provide: 'needs',
    inject: [getModelToken('fast')],
    useFactory: (model: unknown) => model,
  };
  decorate(Feature, Module({ imports: own as never[], providers: [needs] }));
  decorate(App, Module({ imports: [beside as DynamicModule, Feature] }));
  const app = await NestFactory.createApplicationContext(App, {
    logger: false,
    abortOnError: false,
  });
  const model: unknown = app.get('needs', { strict: false });
  await app.close();
  return model;
}

class Config {
  readonly key = 'of the configuration';
}
class ConfigModule {}
decorate(ConfigModule, Module({ providers: [Config], exports: [Config] }));

describe('RxlmModule', () => {
  const fast = new Parrot();

  it('provides its models to the modules that import it, or to all', async () => {
    const own = RxlmModule.forRoot({ models: { fast } });
    expect(await start(own, [own])).toBe(fast);
    expect(await start(RxlmModule.forRoot({ models: { fast }, isGlobal: true }))).toBe(fast);
    await expect(start(own)).rejects.toThrow('RxlmModel(fast)');
  });

  it('lets its listeners hear the runs of the models, each event once', async () => {
    const heard: string[] = [];
    const listener = ({ event }: RunEvent) => {
      heard.push(event);
    };
    const listeners = [listener];
    const names = ['fast'];
    for (const module of [
      RxlmModule.forRoot({ models: { fast }, listeners, isGlobal: true }),
      RxlmModule.forRootAsync({
        names,
        isGlobal: true,
        useFactory: () => ({ models: { fast }, listeners }),
      }),
      RxlmModule.forRootAsync({
        names,
        isGlobal: true,
        listeners,
        useFactory: () => ({ models: { fast: withConfig(fast, { listeners }) }, listeners }),
      }),
    ]) {
      const model = (await start(module)) as ChatModel;
      heard.length = 0;
      await model.bind({}).invoke('Hi', { listeners });
      expect(heard.filter((event) => event !== 'on_chat_model_stream')).toEqual([
        'on_chat_model_start',
        'on_chat_model_end',
      ]);
    }
    expect(() => RxlmModule.forRoot({ models: { fast }, listeners: ['log'] as never })).toThrow(
      'config.listeners must be an array of functions',
    );
  });

  it('makes models of what other modules provide, when the application starts', async () => {
    const keys: string[] = [];
    const module = RxlmModule.forRootAsync({
      names: ['fast', 'smart'],
      isGlobal: true,
      imports: [ConfigModule],
      inject: [Config],
      useFactory: async ({ key }: Config) => {
        keys.push(key);
        return { models: { fast, smart: new Parrot() } };
      },
    });
    expect(keys).toEqual([]);
    expect(await start(module)).toBe(fast);
    expect(keys).toEqual(['of the configuration']);
  });

  it('keeps an application from starting whose factory gives no such model', async () => {
    const start$ = (models: object) =>
      start(
        RxlmModule.forRootAsync({
          names: ['fast'],
          isGlobal: true,
          useFactory: () => ({ models }) as never,
        }),
      );
    await expect(start$({ slow: fast })).rejects.toThrow('gives no model "fast"');
    await expect(start$({ fast: {} })).rejects.toThrow('models.fast must be a model');
  });

  it.each([
    [{}, 'models must be'],
    [{ models: null }, 'models must be'],
    [{ models: { fast: {} } }, 'models.fast must be a model'],
    [{ models: { '': fast } }, 'the name of a model must be'],
  ])('takes no %j', (options, message) => {
    expect(() => RxlmModule.forRoot(options as never)).toThrow(TypeError);
    expect(() => RxlmModule.forRoot(options as never)).toThrow(message);
  });

  it.each([
    [{ useFactory: () => ({}) }, 'the names of the models'],
    [{ names: [], useFactory: () => ({}) }, 'the names of the models'],
    [{ names: ['fast'] }, 'useFactory must be'],
    [{ names: [5], useFactory: () => ({}) }, 'the name of a model must be'],
  ])('takes no %p for options of a factory', (options, message) => {
    expect(() => RxlmModule.forRootAsync(options as never)).toThrow(TypeError);
    expect(() => RxlmModule.forRootAsync(options as never)).toThrow(message);
  });

  it('is a dynamic module to Nest’s types, and needs no decorator', () => {
    expectTypeOf<RxlmDynamicModule>().toExtend<DynamicModule>();
    expect(Reflect.getMetadataKeys(RxlmModule)).toEqual([]);
  });
});
