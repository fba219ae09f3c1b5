import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { ChatModel } from 'rxlm';
import { InjectModel } from '../../lib/nestjs/inject-model.js';
import { RxlmModule } from '../../lib/nestjs/rxlm-module.js';
import { Parrot } from '../operators/some-runs.js';
import { decorate } from './decorate.js';

describe('InjectModel', () => {
  it('injects a model by its name, into a parameter and into a property', async () => {
    class Poet {
      readonly smart!: ChatModel;
      readonly fast: ChatModel;
      constructor(fast: ChatModel) {
        this.fast = fast;
      }
    }
    decorate(Poet, Injectable());
    InjectModel('fast')(Poet, undefined as never, 0);
    InjectModel('smart')(Poet.prototype, 'smart');
    const [fast, smart] = [new Parrot(), new Parrot()];
    class App {}
    decorate(
      App,
      Module({ imports: [RxlmModule.forRoot({ models: { fast, smart } })], providers: [Poet] }),
    );
    const app = await NestFactory.createApplicationContext(App, { logger: false });
    const poet = app.get(Poet);
    expect(poet.fast).toBe(fast);
    expect(poet.smart).toBe(smart);
    await app.close();
  });

  it('takes no empty name', () => {
    expect(() => InjectModel('')).toThrow('the name of a model must be');
  });
});
