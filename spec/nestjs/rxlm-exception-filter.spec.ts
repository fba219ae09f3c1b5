import 'reflect-metadata';
import { Controller, Get, type INestApplication, Module, NotFoundException } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { ModelError } from 'rxlm';
import { RxlmExceptionFilter } from '../../lib/nestjs/rxlm-exception-filter.js';
import { RxlmModule } from '../../lib/nestjs/rxlm-module.js';
import type { EdgeErrorContext } from '../../lib/sse/frames/edge-errors.js';
import { badRequest } from '../../lib/sse/server/bad-request.js';
import { Parrot } from '../operators/some-runs.js';
import { decorate, decorateMethod } from './decorate.js';

const busy = new ModelError('anthropic: sk-canary', {
  code: 'rate_limited',
  provider: 'anthropic',
  retryAfterMs: 1500,
  retryable: true,
});
const errors: Readonly<Record<string, Error>> = {
  busy,
  refused: badRequest('sk-canary'),
  missing: new NotFoundException('no such verse'),
  own: new TypeError('sk-canary'),
};

class Routes {
  fail({ params }: { params: { name: string } }) {
    throw errors[params.name]!;
  }
}
decorate(Routes, Controller());
const { Req } = jest.requireActual<typeof import('@nestjs/common')>('@nestjs/common');
decorateMethod(Routes, 'fail', [Get('fail/:name')], [Req()]);

describe('RxlmExceptionFilter', () => {
  const heard: [unknown, EdgeErrorContext][] = [];
  let app: INestApplication;
  let url: string;
  beforeAll(async () => {
    class App {}
    const onError = (error: unknown, context: unknown) =>
      void heard.push([error, context as EdgeErrorContext]);
    decorate(
      App,
      Module({
        imports: [RxlmModule.forRoot({ models: { fast: new Parrot() }, onError })],
        controllers: [Routes],
        providers: [{ provide: APP_FILTER, useExisting: RxlmExceptionFilter }],
      }),
    );
    app = await NestFactory.create(App, new ExpressAdapter(), { logger: false });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterAll(() => app.close());

  const ask = async (name: string) => {
    heard.length = 0;
    const response = await fetch(`${url}/fail/${name}`);
    return { response, body: await response.text() };
  };

  it('answers an error of rxlm with its status and a safe text, and reports it', async () => {
    const { response, body } = await ask('busy');
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(JSON.parse(body)).toMatchObject({ statusCode: 429, code: 'rate_limited' });
    expect(body).not.toContain('canary');
    expect(heard).toEqual([[busy, { edge: 'RxlmExceptionFilter', when: 'run', status: 429 }]]);
  });

  it('answers a refused request with its own status', async () => {
    const { response, body } = await ask('refused');
    expect(response.status).toBe(400);
    expect(body).not.toContain('canary');
    expect(heard).toMatchObject([[errors['refused'], { when: 'request', status: 400 }]]);
  });

  it('leaves all other errors to Nest', async () => {
    expect((await ask('missing')).response.status).toBe(404);
    expect((await ask('own')).response.status).toBe(500);
    expect(heard).toEqual([]);
  });

  it('ends an answer that has begun, and sends nothing more', () => {
    const ended: string[] = [];
    const response = { headersSent: true, end: () => ended.push('end') };
    const host = { switchToHttp: () => ({ getResponse: () => response as never }) };
    new RxlmExceptionFilter({ onError: (...given) => heard.push(given) }).catch(busy, host);
    expect(ended).toEqual(['end']);
    expect(heard.at(-1)).toEqual([
      busy,
      { edge: 'RxlmExceptionFilter', when: 'run', status: undefined },
    ]);
    expect(() => new RxlmExceptionFilter({ onError: 5 as never })).toThrow(TypeError);
  });
});
