import { expectTypeOf } from 'expect-type';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ChatPromptTemplate,
  lambda,
  type Runnable,
  runTools,
  StringOutputParser,
  tool,
} from 'rxlm';
import { FakeChatModel, recordingOf, startReplayServer } from 'rxlm/testing';
import ts from 'typescript';
import { z } from 'zod';

type Run = (baseURL: string, show: (text: string) => void) => () => void;
const clients = ['rxlm', 'langchain', 'ai-sdk'] as const;
const jobs = ['chain', 'tool-loop'] as const;
const fileOf = (client: string, job: string) => join(__dirname, client, `${job}.ts`);
const textOf = (client: string, job: string) => readFileSync(fileOf(client, job), 'utf8').trim();
const runOf = async (client: string, job: string): Promise<Run> =>
  ((await import(fileOf(client, job))) as { run: Run }).run;

const verse = recordingOf({ tokens: ['Floating ', 'free'], usage: { end: { output_tokens: 2 } } });
const call = recordingOf({
  content: [{ text: ['I look. '] }, { tool: 'look', input: { bowl: 'round' } }],
});
const recordings = {
  chain: [verse],
  'tool-loop': [call, recordingOf({ tokens: ['It is ', 'two.'] })],
};
const said = {
  chain: 'Floating free',
  'tool-loop': 'I look. 2 goldfish in the round bowlIt is two.',
};

const settled = async (condition: () => boolean) => {
  for (let turn = 0; turn < 400 && !condition(); turn += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(condition()).toBe(true);
};

/** The statements of a function, those inside of functions and blocks included. */
function statements(client: string, job: string): number {
  const source = ts.createSourceFile('x.ts', textOf(client, job), ts.ScriptTarget.Latest, true);
  let count = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isStatement(node) && !ts.isBlock(node) && !ts.isImportDeclaration(node)) count += 1;
    ts.forEachChild(node, visit);
  };
  visit(source);
  // Not the function itself.
  return count - 1;
}

beforeAll(() => {
  process.env['ANTHROPIC_API_KEY'] = 'key-for-specs';
});

describe.each(jobs)('the same %s side by side', (job) => {
  it.each(clients)('streams with %s', async (client) => {
    const server = await startReplayServer({
      strict: true,
      recordings: recordings[job],
      delayMs: 1,
    });
    const shown: string[] = [];
    const stop = (await runOf(client, job))(server.url, (text) => shown.push(text));
    await settled(() => shown.join('') === said[job]);
    await settled(() => server.requests.at(-1)?.finished === true);
    stop();
    expect(shown.length).toBeGreaterThan(1);
    expect(server.requests).toHaveLength(recordings[job].length);
    await server.close();
  });

  it.each(clients)('[2] is cancelled with %s, and the server sees it', async (client) => {
    const server = await startReplayServer({
      strict: true,
      recordings: recordings[job],
      delayMs: 200,
    });
    const stop = (await runOf(client, job))(server.url, () => undefined);
    await settled(() => server.requests.length === 1);
    stop();
    await settled(() => server.requests[0]?.closedAt !== undefined);
    expect(server.requests[0]).toMatchObject({ finished: false });
    expect(server.requests).toHaveLength(1);
    await server.close();
  });

  it('takes rxlm at most ten statements, and no more than anybody else', () => {
    const [ours, ...others] = clients.map((client) => statements(client, job));
    expect(ours).toBeLessThanOrEqual(10);
    for (const theirs of others) expect(ours).toBeLessThanOrEqual(theirs);
  });

  it.each(clients)('is in docs/side-by-side.md as it is here, with %s', (client) => {
    const page = readFileSync(join(__dirname, '../../docs/side-by-side.md'), 'utf8');
    expect(page).toContain(`\`\`\`ts\n// ${client}\n${textOf(client, job)}\n\`\`\``);
  });
});

describe('what rxlm infers of both', () => {
  const model = new FakeChatModel(['a']);

  it('is the type of what goes in and comes out', () => {
    const chain = ChatPromptTemplate.fromMessages([['human', 'A {form} about {topic}']])
      .pipe(model)
      .pipe(new StringOutputParser())
      .pipe(lambda((text: string) => text.length));
    expectTypeOf(chain).toExtend<Runnable<{ form: string; topic: string }, number>>();
    const agent = runTools(model, [
      tool({
        name: 'look',
        schema: z.object({ bowl: z.string() }),
        func: ({ bowl }) => bowl.length,
      }),
    ]);
    expectTypeOf(agent.invoke.bind(agent)).returns.resolves.toHaveProperty('finish');
    // @ts-expect-error a variable is missing
    expect(() => chain.stream$({ form: 'song' })).toThrow(/no value for "topic"/);
  });
});
