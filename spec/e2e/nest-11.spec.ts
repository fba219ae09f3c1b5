import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const app = mkdtempSync(join(tmpdir(), 'rxlm-nest-11-'));

/** An application of Nest 11, in CommonJS as its users have it, that asks itself and prints what it was reported. */
const program = `
require('reflect-metadata');
const { Controller, Module, Sse, RequestMethod } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const { of, throwError } = require('rxjs');
const { AIMessageChunk, ChatModel, ModelError } = require('rxlm');
const { InjectModel, primedForNest, RxlmModule, toMessageEvents } = require('rxlm/nestjs');

class Parrot extends ChatModel {
  source$() { return of(new AIMessageChunk('gold'), new AIMessageChunk('fish')); }
}
class Busy extends ChatModel {
  source$() {
    return throwError(() => new ModelError('busy', { code: 'rate_limited', provider: 'x', retryAfterMs: 7000 }));
  }
}
class Chat {
  constructor(fast, busy) { this.fast = fast; this.busy = busy; }
  verse() { return this.fast.stream$('Hi').pipe(toMessageEvents()); }
  refused() { return primedForNest(this.busy.stream$('Hi')); }
}
InjectModel('fast')(Chat, undefined, 0);
InjectModel('busy')(Chat, undefined, 1);
const route = (name, ...decorators) => decorators.forEach((decorate) =>
  decorate(Chat.prototype, name, Object.getOwnPropertyDescriptor(Chat.prototype, name)));
Controller()(Chat);
route('verse', Sse('verse', { method: RequestMethod.POST }));
route('refused', Sse('refused'));
class App {}
Module({
  imports: [RxlmModule.forRoot({ models: { fast: new Parrot(), busy: new Busy() } })],
  controllers: [Chat],
})(App);

const { Get, Inject } = require('@nestjs/common');
const { APP_FILTER } = require('@nestjs/core');
const { FastifyAdapter } = require('@nestjs/platform-fastify');
const { HealthCheckService, TerminusModule } = require('@nestjs/terminus');
const { RxlmExceptionFilter, RxlmHealthIndicator } = require('rxlm/nestjs');
const indicator = new RxlmHealthIndicator({ maxFailures: 1 });
class Probe {
  constructor(terminus, busy) { this.terminus = terminus; this.busy = busy; }
  check() { return this.terminus.check([() => indicator.isHealthy('models')]); }
  ask() { return this.busy.invoke('Hi'); }
}
Inject(HealthCheckService)(Probe, undefined, 0);
InjectModel('busy')(Probe, undefined, 1);
for (const name of ['check', 'ask'])
  Get(name)(Probe.prototype, name, Object.getOwnPropertyDescriptor(Probe.prototype, name));
Controller()(Probe);
class FastifyApp {}
Module({
  imports: [
    TerminusModule.forRoot({ logger: false }),
    RxlmModule.forRoot({ models: { busy: new Busy() }, listeners: [indicator.listener] }),
  ],
  controllers: [Probe],
  providers: [{ provide: APP_FILTER, useExisting: RxlmExceptionFilter }],
})(FastifyApp);

async function askFastify() {
  const app = await NestFactory.create(FastifyApp, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const answers = [];
  for (const path of ['/check', '/ask', '/check']) {
    const response = await fetch(url + path);
    const { status, headers } = response;
    answers.push({ status, retryAfter: headers.get('retry-after'), body: await response.json() });
  }
  await app.close();
  return answers;
}

(async () => {
  const app = await NestFactory.create(App, { logger: false, forceCloseConnections: true });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const verse = await fetch(url + '/verse', { method: 'POST' });
  const refused = await fetch(url + '/refused');
  console.log(JSON.stringify({
    nest: require('@nestjs/common/package.json').version,
    verse: await verse.text(),
    status: refused.status,
    refused: await refused.json(),
    fastify: await askFastify(),
  }));
  await app.close();
})();
`;

beforeAll(() => {
  const run = (command: string, args: string[], cwd: string) =>
    execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const tarball = run('npm', ['pack', '--silent', '--pack-destination', app], root).trim();
  writeFileSync(join(app, 'package.json'), '{"private":true}');
  writeFileSync(join(app, 'app.js'), program);
  const nest = ['common', 'core', 'platform-express'].map((name) => `@nestjs/${name}@11.2.0`);
  const packages = [
    join(app, tarball.split('\n').at(-1)!),
    ...nest,
    'rxjs@7',
    'reflect-metadata',
    '@nestjs/terminus@11',
    '@nestjs/platform-fastify@~11.2.1',
  ];
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', ...packages], app);
}, 300_000);

afterAll(() => {
  rmSync(app, { recursive: true, force: true });
});

describe('rxlm/nestjs in an application of Nest 11.2', () => {
  let recorded: Record<string, unknown>;
  beforeAll(() => {
    const printed = execFileSync(process.execPath, ['app.js'], { cwd: app, encoding: 'utf8' });
    recorded = JSON.parse(printed) as Record<string, unknown>;
  }, 60_000);

  it('streams with @Sse and POST, and answers what fails first with a real status', () => {
    const { nest, verse, status, refused } = recorded;
    expect(nest).toBe('11.2.0');
    const frames = (verse as string).split('\n\n').map((frame) => frame.trim());
    expect(frames[0]).toMatch(/^id: 1\ndata: \{.*"content":"gold"/);
    expect(frames[1]).toMatch(/^id: 2\ndata: \{.*"content":"fish"/);
    expect(frames[2]).toBe('event: end\nid: 3\ndata: {}');
    expect(status).toBe(429);
    expect(refused).toMatchObject({ statusCode: 429, code: 'rate_limited' });
  });

  it('answers errors by its filter on Fastify, and says by Terminus that a model is down', () => {
    expect(recorded['fastify']).toMatchObject([
      { status: 200, body: { info: { models: { status: 'up', open: 0, failures: 0 } } } },
      { status: 429, retryAfter: '7', body: { statusCode: 429, code: 'rate_limited' } },
      { status: 503, body: { error: { models: { status: 'down', code: 'rate_limited' } } } },
    ]);
  });
});
