import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordingOf } from '../../lib/testing/anthropic/make-recording';
import { goldfishSync } from '../../lib/testing/anthropic/recordings/goldfish';
import { startReplayServer } from '../../lib/testing/anthropic/replay-server';

const ROOT = join(__dirname, '../..');
jest.setTimeout(60_000);

/** Runs the command line in a process of its own; `act` is given it and what it has printed so far. */
function rxlm(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  onOutput?: (kill: (signal: NodeJS.Signals) => void) => void,
) {
  const { ANTHROPIC_API_KEY: _key, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', ...args], {
    cwd: ROOT,
    env: { ...inherited, ...env },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString();
    onOutput?.((signal) => child.kill(signal));
  });
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, out, err });
    });
  });
}

const VERSE = /^Here\| is\| a\| \|1\|[^]*lunar\| sea\|\.\|\n$/;

describe('rxlm', () => {
  it('stream prints the recorded verse, plain, and says on stderr that it is one', async () => {
    const { code, out, err } = await rxlm(['stream', 'a song', '--delimiter', '|']);
    expect(out).toMatch(VERSE);
    expect(out).not.toContain('\u001b');
    expect(err).toContain('recorded');
    expect(code).toBe(0);
  });

  it('stream --json prints a chunk a line', async () => {
    const { out } = await rxlm(['stream', 'a song', '--json']);
    const chunks = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; content: string });
    expect(chunks).toHaveLength(56);
    expect(chunks[1]).toMatchObject({ type: 'ai', content: 'Here' });
  });

  it('events --take 5 prints four and ...Truncated', async () => {
    const { code, out } = await rxlm(['events', 'a song', '--take', '5']);
    const lines = out.trim().split('\n');
    expect(lines.slice(0, 4).map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
      'on_chat_model_start',
      'on_chat_model_stream',
      'on_chat_model_stream',
      'on_chat_model_stream',
    ]);
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({
      data: {
        chunk: {
          content: '',
          usage_metadata: { input_tokens: 21, output_tokens: 2, total_tokens: 23 },
        },
      },
    });
    expect(lines.slice(4)).toEqual(['...Truncated']);
    expect(code).toBe(0);
  });

  it('replay plays every message of a file', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'rxlm-')), 'chat.ndjson');
    const events = [
      ...recordingOf({ tokens: ['gold', 'fish'] }),
      ...recordingOf({ tokens: ['moon'] }),
    ];
    writeFileSync(file, events.map((event) => JSON.stringify(event)).join('\n'));
    const { out, code } = await rxlm(['replay', file, '--speed', '10']);
    expect(out).toBe('goldfish\nmoon\n');
    expect(code).toBe(0);
  });

  it('--base-url asks another server', async () => {
    const server = await startReplayServer({
      strict: true,
      recordings: [recordingOf({ tokens: ['mine'] })],
    });
    const { out, err } = await rxlm(['stream', 'a song', '--base-url', server.url, '--model', 'm']);
    expect(out).toBe('mine\n');
    expect(err).toBe('');
    expect(server.requests[0]?.body).toMatchObject({
      model: 'm',
      messages: [{ content: 'a song' }],
    });
    await server.close();
  });

  it('--live needs a key', async () => {
    const { code, err } = await rxlm(['stream', 'a song', '--live']);
    expect(err).toContain('ANTHROPIC_API_KEY');
    expect(code).toBe(1);
  });

  it('Ctrl-C cancels the run, says how many tokens had come, and exits with 130', async () => {
    const server = await startReplayServer({
      strict: true,
      recordings: [goldfishSync],
      delayMs: 50,
    });
    const { code, err } = await rxlm(['stream', 'a song', '--base-url', server.url], {}, (kill) => {
      kill('SIGINT');
    });
    expect(err).toMatch(/cancelled after \d+ tokens/);
    expect(code).toBe(130);
    expect(await server.requests[0]?.closed).toMatchObject({ by: 'client' });
    await server.close();
  });

  it('says what is wrong with a command line, and exits with 2', async () => {
    const { code, err, out } = await rxlm(['sing']);
    expect([code, err, out]).toEqual([
      2,
      'rxlm: there is no command "sing". See rxlm --help\n',
      '',
    ]);
  });

  it('--help and --version', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect((await rxlm(['--version'])).out).toBe(`${version}\n`);
    const { out, code } = await rxlm(['--help']);
    expect(out).toMatch(/Usage[^]*stream[^]*events[^]*replay[^]*--live/);
    expect(code).toBe(0);
  });

  it('forges no line of a log, and sends a terminal nothing, by what an error quotes', async () => {
    const { code, err } = await rxlm(['replay', 'a\n2026 INFO paid\u001b[2J\u202e\u009b']);
    expect(code).not.toBe(0);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain('\\u001b[2J\\u202e\\u009b');
    for (const character of ['\u001b', '\u202e', '\u009b']) expect(err).not.toContain(character);
  });
});
