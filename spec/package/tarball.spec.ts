import { execFile, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { goldfishSync } from '../../lib/testing/anthropic/recordings/goldfish';
import { type ReplayServer, startReplayServer } from '../../lib/testing/anthropic/replay-server';
import { manifestOf, PackedApp } from '../support/packed-app';

const packed = new PackedApp();
const { folder: app, installed, temporary } = packed;
const root = join(__dirname, '../..');

/** What a command prints, after its exit code if it fails. */
function run(command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: app, encoding: 'utf8' });
  return `${status === 0 ? '' : `exit ${String(status)}: `}${stdout}${stderr}`.trim();
}
const node = (format: 'module' | 'commonjs', code: string): string =>
  run('node', `--input-type=${format}`, '-e', code);

beforeAll(() => {
  packed.install();
}, 180_000);

afterAll(() => {
  packed.remove();
});

describe('the packed tarball', () => {
  it('holds what is published and nothing else', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' })
      .filter((file) => statSync(join(installed, file)).isFile())
      .sort();
    const samples = /^samples\/([a-z]+\/){0,2}[a-z-]+\.(ts|js|html|json)$/;
    expect(files.filter((file) => samples.test(file)).length).toBeGreaterThan(20);
    const others = files.filter((file) => !file.startsWith('dist/') && !samples.test(file));
    expect(others).toEqual([
      'CHANGELOG.md',
      'DESIGN.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'package.json',
    ]);
    const built = /^dist\/(esm|cjs)\/(package\.json|[a-z0-9/-]+(\.d\.ts|\.js))$/;
    // The app of `rxlm page`, which only a browser loads.
    const page = ['dist/page/index.html', 'dist/page/page.css', 'dist/page/page.js'];
    const dist = files.filter((file) => file.startsWith('dist/') && !built.test(file));
    expect(dist.sort()).toEqual(page);
  });

  it('runs nothing when it is installed, and brings two dependencies, one of types', () => {
    const { scripts, dependencies } = manifestOf(installed);
    expect(Object.keys(scripts).filter((name) => /install|^prepare$/.test(name))).toEqual([]);
    expect(Object.keys(dependencies)).toEqual(['@standard-schema/spec', 'eventemitter3']);
  });

  const bundle = (contents: string): string =>
    buildSync({
      stdin: { contents, resolveDir: app },
      external: ['rxjs'],
      bundle: true,
      minify: true,
      format: 'esm',
      logLevel: 'error',
      write: false,
    }).outputFiles[0]!.text;

  it('leaves nothing in a bundle that only names it', () => {
    expect(bundle("import 'rxlm'")).toBe('');
  });

  it('leaves in a bundle what it uses, as the source does, though its files are large', () => {
    const text = bundle("export { ChatModel, lambda, toAsyncIterable } from 'rxlm'");
    expect(gzipSync(text).length).toBeLessThanOrEqual(16_000);
    expect(text).not.toMatch(/ParseError|seq:step:0|IncrementalJson/);
  });
});

describe('an empty project that installed it', () => {
  it('can export inferred constants with their declarations', () => {
    cpSync(join(root, 'spec/support/exported-constants.ts'), join(app, 'exported-constants.ts'));
    symlinkSync(join(root, 'node_modules/zod'), join(app, 'node_modules/zod'));
    const options =
      '--declaration --emitDeclarationOnly --outDir declarations --module nodenext --strict --skipLibCheck --target es2022 --types node';
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    expect(run('node', tsc, ...options.split(' '), 'exported-constants.ts')).toBe('');
    expect(readFileSync(join(app, 'declarations/exported-constants.d.ts'), 'utf8')).toContain(
      'agent: r.ToolAgent',
    );
  }, 60_000);

  it('imports every entry', () => {
    const code = `
      import { lambda } from 'rxlm';
      import { ChatAnthropic } from 'rxlm/anthropic';
      import { toEmitter } from 'rxlm/emitter';
      import { RxlmModule } from 'rxlm/nestjs';
      import { writeSse } from 'rxlm/sse';
      import * as testing from 'rxlm/testing';
      console.log(await lambda((text) => text.length).invoke('abc'));
      console.log(ChatAnthropic.name, toEmitter.name, RxlmModule.name, writeSse.name, Object.keys(testing).length > 0);`;
    expect(node('module', code)).toBe('3\nChatAnthropic toEmitter RxlmModule writeSse true');
  });

  it('requires every entry', () => {
    const code = `
      const { lambda } = require('rxlm');
      const { ChatAnthropic } = require('rxlm/anthropic');
      const { toEmitter } = require('rxlm/emitter');
      const { RxlmModule } = require('rxlm/nestjs');
      const { writeSse } = require('rxlm/sse');
      const testing = require('rxlm/testing');
      console.log(ChatAnthropic.name, toEmitter.name, RxlmModule.name, writeSse.name, Object.keys(testing).length > 0);
      lambda((text) => text.length).invoke('abc').then(console.log);`;
    expect(node('commonjs', code)).toBe('ChatAnthropic toEmitter RxlmModule writeSse true\n3');
  });

  it('may load both formats in one process: runs nest and errors are known across', () => {
    const code = `
      import { createRequire } from 'node:module';
      import { lastValueFrom, toArray } from 'rxjs';
      import * as esm from 'rxlm';
      const cjs = createRequire(import.meta.url)('rxlm');
      const inner = cjs.lambda((text) => text.length);
      const outer = esm.lambda((text, config) => inner.stream$(text, { ...config }));
      const chain = outer.pipe(cjs.lambda((length) => length * 2));
      const events = await lastValueFrom(chain.events$('abc').pipe(toArray()));
      const starts = events.filter((event) => event.event === 'on_chain_start');
      console.log('two copies', esm.lambda !== cjs.lambda);
      console.log('depths', ...starts.map((event) => event.parent_ids.length));
      console.log('output', events.at(-1).data.output);
      console.log('known', esm.RxlmError.is(new cjs.RxlmError('cut', { code: 'truncated' })));`;
    expect(node('module', code).split('\n')).toEqual([
      'two copies true',
      'depths 0 1 2 1',
      'output 6',
      'known true',
    ]);
  });

  it.each(Object.entries(manifestOf(root).bin))('runs the command %s', (name) => {
    const bin = join(app, 'node_modules/.bin', name);
    expect(run(bin, '--version')).toBe(manifestOf(root).version);
    expect(run(bin, '--help')).toMatch(/^(?!exit )[^]*usage/i);
  });
});

describe('an empty folder without a provider’s SDK', () => {
  const bare = join(temporary, 'bare');
  const main = join(bare, 'node_modules/rxlm/dist/esm/cli/main.js');
  const rxlm = (...args: string[]) =>
    spawnSync(process.execPath, [main, ...args], { cwd: bare, encoding: 'utf8' });

  beforeAll(() => {
    mkdirSync(join(bare, 'node_modules'), { recursive: true });
    cpSync(installed, join(bare, 'node_modules/rxlm'), { recursive: true });
    for (const name of ['rxjs', 'tslib', 'eventemitter3'])
      symlinkSync(join(root, 'node_modules', name), join(bare, 'node_modules', name));
  });

  it('plays the recorded answer on the command line', () => {
    expect(rxlm('stream', 'hi').stdout).toMatch(/^Here is a 1 verse song/);
    expect(rxlm('events', 'hi', '--take', '2').stdout).toMatch(/\.\.\.Truncated\n$/);
    expect(rxlm('--help').status).toBe(0);
  });

  it('says what to install to ask a provider, in one line', () => {
    const { status, stderr } = rxlm('stream', 'hi', '--live');
    expect([status, stderr.trim().split('\n').length]).toEqual([1, 1]);
    expect(stderr).toContain('npm install rxlm rxjs @anthropic-ai/sdk');
  });
});

describe('a folder with the samples', () => {
  let server: ReplayServer;
  beforeAll(async () => {
    server = await startReplayServer({ recordings: [goldfishSync], cycle: true });
    cpSync(join(installed, 'samples'), join(app, 'copied'), { recursive: true });
  });
  afterAll(() => server.close());

  const tsx = pathToFileURL(require.resolve('tsx')).href;
  const sample = async (file: string): Promise<string> => {
    const env = { ...process.env, ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: 'any' };
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', tsx, file], {
      cwd: app,
      env,
    });
    return stdout;
  };

  it.each(['node_modules/rxlm/samples', 'copied'])('runs them from %s', async (folder) => {
    expect(await sample(`${folder}/stream-with-delimiter.ts`)).toMatch(/^Here\| is\| a\|/);
    expect(await sample(`${folder}/default-implementation.ts`)).toContain('You said: Hello!|');
    expect(await sample(`${folder}/chain-events.ts`)).toContain('on_parser_end');
  });

  it('has samples that need nothing beside them but packages', () => {
    const files = readdirSync(join(app, 'copied'), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith('.ts'))) {
      const text = readFileSync(join(app, 'copied', file), 'utf8');
      for (const [, path] of text.matchAll(/from '(\.[^']+)\.[jt]s'/g))
        expect(files).toContain(join(dirname(file), `${path!}.ts`));
    }
  });
});

describe('a TypeScript project that installed it', () => {
  const consumer = `
    import { lambda, toAsyncIterable, type ChatModel, type RunEvent } from 'rxlm';
    import { ChatAnthropic } from 'rxlm/anthropic';
    import { toEmitter } from 'rxlm/emitter';
    import { InjectModel, RxlmModule } from 'rxlm/nestjs';
    import { toSseResponse } from 'rxlm/sse';
    export const sent = toSseResponse(lambda((text: string) => text).stream$('a'));
    import * as testing from 'rxlm/testing';

    const model: ChatModel = new ChatAnthropic({ model: 'claude-haiku-4-5', maxTokens: 1024 });
    const length = lambda((text: string) => text.length);
    export const right: Promise<number> = length.invoke('abc');
    // @ts-expect-error a number, which only real types know
    export const wrong: Promise<string> = length.invoke('abc');
    // @ts-expect-error no such name, which only real types know
    testing.nothingOfThisName;
    export async function texts(): Promise<string[]> {
      const all: string[] = [];
      for await (const chunk of toAsyncIterable(model.stream$('hello'))) all.push(chunk.text);
      return all;
    }
    export function told(event: RunEvent): string {
      return event.event === 'on_chat_model_stream' ? event.data.chunk.text : event.run_id;
    }
    export const emitter = toEmitter(model.events$('hello'));
    export const module = RxlmModule.forRoot({ models: { fast: model } });
    export const decorator: ParameterDecorator = InjectModel('fast');
  `;
  const web = { target: 'es2022', lib: ['es2023', 'dom', 'dom.asynciterable'], types: [] };
  const server = { target: 'es2023', lib: ['es2023'], types: ['node'] };

  it.each([
    ['node16', ['mts', 'cts'], { ...server, module: 'node16' }],
    ['nodenext', ['mts', 'cts'], { ...server, module: 'nodenext' }],
    ['bundler', ['ts'], { ...web, module: 'esnext', moduleResolution: 'bundler' }],
    [
      'node10',
      ['ts'],
      { ...server, module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' },
    ],
  ])(
    'compiles with %s resolution as %j',
    (resolution, extensions, options) => {
      const project = join(app, `${resolution}.json`);
      const files = extensions.map((extension) => `consumer.${extension}`);
      const compilerOptions = { strict: true, noEmit: true, skipLibCheck: false, ...options };
      for (const file of files) writeFileSync(join(app, file), consumer);
      writeFileSync(project, JSON.stringify({ compilerOptions, files }));
      expect(run(join(root, 'node_modules/.bin/tsc'), '-p', project)).toBe('');
    },
    60_000,
  );
});
