import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  goldfishAsync,
  goldfishJs,
  goldfishSync,
} from '../../lib/testing/anthropic/recordings/goldfish';
import type { Recording } from '../../lib/testing/anthropic/recording';
import { recordingOf } from '../../lib/testing/anthropic/make-recording';
import { type ReplayServer, startReplayServer } from '../../lib/testing/anthropic/replay-server';

import { chatStream } from '../support/decode-stream';
import { startWireServer, streamed } from '../support/wire-server';

const ROOT = join(__dirname, '../..');
const HOWTO = join(ROOT, '../shared/howto');
jest.setTimeout(60_000);

// The provider is run by the contract of all models, `spec/contract`; the model's name by all samples.
const ran = new Set<string>(['provider', 'model']);
/** Where the samples find servers beside Anthropic's. */
const others: Record<string, string> = {};

/** Runs a sample as a user does, in a process of its own, against a server that plays a recording. */
async function run(
  sample: string,
  recording: Recording,
  delayMs = 0,
  ...later: Recording[]
): Promise<{ out: string; server: ReplayServer }> {
  ran.add(sample);
  const recordings = [recording, ...later];
  const server = await startReplayServer({ strict: true, recordings, cycle: true, delayMs });
  const env = {
    ...process.env,
    ANTHROPIC_BASE_URL: server.url,
    ANTHROPIC_API_KEY: 'key-for-samples',
    ...others,
  };
  const args = ['--import', 'tsx', `samples/${sample}.ts`];
  const out = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, args, { cwd: ROOT, env }, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr, { cause: error }));
      else resolve(stdout);
    });
  });
  await server.close();
  return { out, server };
}

const printed = (file: string) => {
  const path = join(HOWTO, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};

describe('samples', () => {
  it('stream-with-delimiter prints what the how-to prints', async () => {
    const { out } = await run('stream-with-delimiter', goldfishSync);
    expect(out).toMatch(/^Here\| is\| a\|[^]*sea\|\.\|\n$/);
    expect(out).toBe(printed('expected-sync.txt') ?? out);
  });

  it('stream-with-for-await prints what the how-to prints', async () => {
    const { out } = await run('stream-with-for-await', goldfishAsync);
    expect(out).toMatch(/^Here\| is\| a\|[^]*le\|d\.\|\n$/);
    expect(out).toBe(printed('expected-async.txt') ?? out);
  });

  it('stream-events-truncated prints four events and aborts the request at the fifth', async () => {
    const { out, server } = await run('stream-events-truncated', goldfishSync, 20);
    const lines = out.trim().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[4]).toBe('...Truncated');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      event: 'on_chat_model_start',
      name: 'ChatAnthropic',
      data: { input: 'Write me a 1 verse song about goldfish on the moon' },
      metadata: {
        ls_provider: 'anthropic',
        ls_model_name: 'claude-haiku-4-5',
        ls_model_type: 'chat',
        ls_max_tokens: 1024,
      },
      tags: [],
      parent_ids: [],
    });
    expect(server.requests[0]).toMatchObject({ finished: false });
    expect(await server.requests[0]?.closed).toMatchObject({ by: 'client' });
  });

  it('stream-with-lines prints the JavaScript edition', async () => {
    const { out } = await run('stream-with-lines', goldfishJs);
    expect(out).toMatch(/^\n---\nHere's\n---\n a one\n---\n-\n---\n/);
    expect(out).toMatch(/---\n\n---\n$/);
  });

  it('default-implementation streams one chunk and reports it once', async () => {
    const { out, server } = await run('default-implementation', goldfishSync);
    expect(out.match(/You said: Hello!\|/g)).toHaveLength(1);
    expect(out.match(/on_chat_model_stream/g)).toHaveLength(1);
    expect(server.requests).toHaveLength(0);
  });

  it('switch-models asks all through one interface', async () => {
    const server = await startWireServer();
    server.answer(
      streamed(
        chatStream(
          { choices: [{ delta: { content: 'A fish' }, finish_reason: 'stop' }] },
          '[DONE]',
        ),
      ),
      streamed('{"message":{"content":"A moon"},"done":true}\n', 'application/x-ndjson'),
    );
    Object.assign(others, { OPENAI_BASE_URL: server.url, OLLAMA_HOST: server.url });
    const { out } = await run('switch-models', goldfishSync);
    await server.close();
    expect(out).toMatch(
      /ChatAnthropic: Here is a 1 verse song[^]*ChatOpenAI: A fish\s+ChatOllama: A moon\s+Echo: Write me a 1 verse song/,
    );
  });

  it('search-box cancels the answers to the questions before', async () => {
    const { out, server } = await run('search-box', goldfishSync, 20);
    // On a busy machine a question may be overtaken before it was sent.
    const finished = server.requests.map((request) => request.finished);
    expect(finished.length).toBeGreaterThan(1);
    expect(finished.slice(0, -1)).not.toContain(true);
    expect(finished.at(-1)).toBe(true);
    expect(out.trim().split('\n').at(-1)).toMatch(
      /^Write me a 1 verse song about goldfish → 2\d\d characters$/,
    );
  });

  it('nested-runs shows the model inside the function', async () => {
    const { out } = await run('nested-runs', goldfishSync);
    expect(out).toBe(
      'on_chain_start Poet\n  on_chat_model_start ChatAnthropic\n  on_chat_model_end ChatAnthropic\non_chain_end Poet\n',
    );
  });

  it('one-run-many-views makes one request', async () => {
    const { out, server } = await run('one-run-many-views', goldfishSync);
    const lines = out.trimEnd().split('\n');
    expect(lines.filter((line) => !line.startsWith('chunk '))).toEqual([
      'run RunnableSequence',
      '  run ChatPromptTemplate',
      '  run ChatAnthropic',
      '  run StrOutputParser',
      '73 tokens',
      'all 200 characters',
    ]);
    const chunks = lines.flatMap((line) => /^chunk (".*")$/.exec(line)?.[1] ?? []);
    const text = chunks.map((chunk) => JSON.parse(chunk) as string).join('');
    expect([chunks.length > 40, text.length]).toEqual([true, 200]);
    // The chunks come while the model is at work.
    expect(lines.indexOf('73 tokens')).toBeGreaterThan(lines.indexOf(`chunk ${chunks[0]!}`));
    expect(server.requests).toHaveLength(1);
  });

  it('readme streams, reports four events of another run, and breaks out of a third', async () => {
    const { out, server } = await run('readme', goldfishSync, 40);
    expect(out.replace(/[^]*?(Floating[^]*)/, '$1')).toContain('lunar sea.');
    expect(out.match(/event: 'on_/g)).toHaveLength(5);
    expect(server.requests.map(({ finished }) => finished).sort()).toEqual([false, false, true]);
  });

  it('chain-events picks events by name, type and tag', async () => {
    const { out } = await run('chain-events', goldfishSync);
    expect(out.trim().split('\n').sort()).toEqual([
      'by name: on_prompt_end ChatPromptTemplate',
      'by name: on_prompt_start ChatPromptTemplate',
      'by tag: on_chat_model_end ChatAnthropic',
      'by tag: on_chat_model_start ChatAnthropic',
      'by type: on_parser_end StrOutputParser',
      'by type: on_parser_start StrOutputParser',
    ]);
  });

  it('parallel-translations interleaves', async () => {
    const { out } = await run('parallel-translations', goldfishSync, 5);
    const keys = [...out.matchAll(/(french|german):/g)].map(([, key]) => key);
    expect(new Set(keys).size).toBe(2);
    expect(keys.lastIndexOf('french')).toBeGreaterThan(keys.indexOf('german'));
    expect(keys.lastIndexOf('german')).toBeGreaterThan(keys.indexOf('french'));
  });

  it('fallback-model answers with the second model', async () => {
    const { out } = await run('fallback-model', goldfishSync);
    expect(out).toMatch(
      /on_chat_model_error[^]*on_chat_model_start[^]*on_chat_model_end[^]*on_chain_end RunnableWithFallbacks\n$/,
    );
  });

  it('custom-events are heard outside', async () => {
    const { out } = await run('custom-events', goldfishSync);
    expect(out).toBe("searching { topic: 'goldfish on the moon' }\n");
  });

  it('agent-with-approval does what it may, and reports the model what it may not', async () => {
    const { out, server } = await run(
      'agent-with-approval',
      recordingOf({
        content: [
          { text: 'I look, and I feed.' },
          { tool: 'look', input: { bowl: 'round' } },
          { tool: 'feed', input: { bowl: 'round', flakes: 500 } },
        ],
      }),
      0,
      recordingOf({ content: [{ tool: 'feed', input: { bowl: 'round', flakes: 4 } }] }),
      recordingOf({ tokens: ['They are ', 'fed.'] }),
    );
    expect(out).toMatch(
      /^I look, and I feed\.\n\[success\] 2 goldfish in the round bowl\n\[error\] .*Too much\.[^]*\[success\] 4 flakes into the round bowl\nThey are \nfed\.\n$/,
    );
    expect(server.requests).toHaveLength(3);
  });

  it('growing-structured-output shows the answer while it grows', async () => {
    const json = JSON.stringify({ title: 'Lunar Sea', verses: ['Floating', 'free'] });
    const { out } = await run(
      'growing-structured-output',
      recordingOf({ content: [{ tool: 'extract', input: json.match(/.{1,9}/g)! }] }),
      2,
    );
    const lines = out.trim().split('\n');
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.at(-1)).toBe('Lunar Sea: Floating / free');
    for (const line of lines) expect('Lunar Sea'.startsWith(line.split(':')[0]!)).toBe(true);
  });

  it('start runs the first and the third, as npm start does', async () => {
    const { out } = await run('start', goldfishSync);
    expect(out).toMatch(
      /^Here\| is\| a\|[^]*sea\|\.\|\n\{"event":"on_chat_model_start"[^]*\n\.\.\.Truncated\n$/,
    );
  });

  afterAll(() => {
    const files = readdirSync(join(ROOT, 'samples')).filter((file) => file.endsWith('.ts'));
    expect([...ran].map((sample) => `${sample}.ts`).sort()).toEqual(files.sort());
  });
});
