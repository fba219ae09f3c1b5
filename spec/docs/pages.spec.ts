import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { goldfishSync } from '../../lib/testing/anthropic/recordings/goldfish';
import { type ReplayServer, startReplayServer } from '../../lib/testing/anthropic/replay-server';
import { FakeChatModel } from '../../lib/testing/fake/fake-chat-model';
import type { FakeAnswer } from '../../lib/testing/fake/fake-answer';
import type { LoopbackServer } from '../../lib/testing/http/loopback-server';
import { startOpenAIServer } from '../../lib/testing/openai/openai-server';
import { runExample, type Scope } from '../support/run-example';

const root = join(__dirname, '../..');
const docs = join(root, 'docs');
/** Generated, or of another kind: their blocks are checked where they come from. */
const LEFT_OUT = /^(api|\.vitepress)\/|^(side-by-side|durable-runs)\.md$/;

interface Block {
  readonly page: string;
  readonly line: number;
  readonly code: string;
  readonly given: string;
  /** What the page's `model` answers. */
  readonly answers: readonly FakeAnswer[];
}

/**
 * The TypeScript blocks of a page. One that shows a sample is compared with it by `readme.spec.ts`. What the page's reader
 * has of their own is declared in a comment, `<!-- given … -->`, for all blocks; what a model of theirs answers stands
 * before a block, `<!-- answers: … -->`.
 */
function blocksOf(page: string): Block[] {
  const text = readFileSync(join(root, page), 'utf8');
  const given = /<!-- given\n([^]*?)-->/.exec(text)?.[1] ?? '';
  return [...text.matchAll(/^(?:<!-- answers: (.*) -->\n\n)?```ts\n([^]*?)^```$/gm)]
    .map(({ 1: answers = '[]', 2: code, index }) => ({
      page,
      line: text.slice(0, index).split('\n').length + 1,
      code: code!,
      given,
      answers: (JSON.parse(answers) as (FakeAnswer | { error: string })[]).map((answer) =>
        Object.hasOwn(Object(answer) as object, 'error')
          ? new Error((answer as { error: string }).error)
          : (answer as FakeAnswer),
      ),
    }))
    .filter(({ code }) => !code.startsWith('// samples/'));
}

const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.md') && !LEFT_OUT.test(file),
);
const blocks = ['README.md', ...pages.map((page) => join('docs', page))].flatMap(blocksOf);

/** What the compiler says of all blocks, each as a module of its own beside this file. */
function problemsOf(checked: readonly Block[]): string[] {
  const config = ts.readConfigFile(join(root, 'spec/tsconfig.json'), (path) =>
    ts.sys.readFile(path),
  );
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, join(root, 'spec'));
  const files = new Map(
    checked.map(({ page, line, code, given }) => {
      const name = `${page.replaceAll(/[/.]/g, '-')}-${String(line)}.mts`;
      return [join(root, 'spec/docs', name), `${code}\n${given}\nexport {};\n`];
    }),
  );
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (file, ...rest) => {
    const code = files.get(file);
    return code === undefined
      ? getSourceFile(file, ...rest)
      : ts.createSourceFile(file, code, ts.ScriptTarget.ES2022, true);
  };
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  const program = ts.createProgram(
    [...files.keys()],
    { ...options, module: ts.ModuleKind.ESNext, experimentalDecorators: true, noEmit: true },
    host,
  );
  return [...files.keys()].flatMap((file) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map((problem) => {
      const { line } = problem.file!.getLineAndCharacterOfPosition(problem.start ?? 0);
      const text = ts.flattenDiagnosticMessageText(problem.messageText, '\n');
      return `${file.slice(join(root, 'spec/docs').length + 1)}, line ${String(line + 1)}: ${text}`;
    }),
  );
}

const chunk = (delta: object, finish_reason: string | null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
const OPENAI_ANSWER = `${chunk({ content: 'Goldfish' }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`;

describe('the pages of the documentation', () => {
  it('have code that compiles as it is', () => {
    expect(blocks.length).toBeGreaterThan(10);
    expect(problemsOf(blocks)).toEqual([]);
  }, 120_000);

  describe('run, and give what they say', () => {
    let server: ReplayServer;
    let openai: LoopbackServer;
    beforeAll(async () => {
      server = await startReplayServer({ recordings: [goldfishSync], cycle: true });
      openai = await startOpenAIServer({ answers: () => OPENAI_ANSWER });
      process.env['OPENAI_BASE_URL'] = openai.url;
      process.env['OPENAI_API_KEY'] = 'key-of-the-pages';
      process.env['ANTHROPIC_BASE_URL'] = server.url;
      process.env['ANTHROPIC_API_KEY'] = 'key-of-the-pages';
    });
    afterAll(async () => {
      await openai.close();
      for (const name of ['OPENAI_BASE_URL', 'OPENAI_API_KEY', 'ANTHROPIC_BASE_URL'])
        Reflect.deleteProperty(process.env, name);
      delete process.env['ANTHROPIC_API_KEY'];
      await server.close();
    });

    it.each(
      blocks
        .filter(({ code }) => code.includes('// =>'))
        .map(({ page, line, code, answers }) => [page, line, code, answers] as const),
    )(
      '%s, line %d',
      async (_page, _line, code, answers) => {
        const load = (name: string) => jest.requireActual<Scope>(name);
        const names = answers.length === 0 ? {} : { model: new FakeChatModel(answers) };
        expect(await runExample(code, load, names)).toBe(code.split('// =>').length - 1);
      },
      60_000,
    );
  });
});
