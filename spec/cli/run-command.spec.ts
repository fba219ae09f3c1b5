import { lastValueFrom, take, toArray } from 'rxjs';
import { parseCommand } from '../../lib/cli/parse-command';
import { type RunnableCommand, runCommand } from '../../lib/cli/run-command';
import { recordingOf } from '../../lib/testing/anthropic/make-recording';
import { startReplayServer } from '../../lib/testing/anthropic/replay-server';

const run = (args: string[]) => {
  const out: string[] = [];
  const err: string[] = [];
  let tokens = 0;
  const run$ = runCommand(
    parseCommand(args) as RunnableCommand,
    {},
    { out: (text) => out.push(text), err: (text) => err.push(text) },
    () => (tokens += 1),
  );
  return { run$, out, err, tokens: () => tokens };
};

describe('runCommand', () => {
  it('does nothing before it is subscribed to', () => {
    const { out, err } = run(['stream', 'hi']);
    expect([...out, ...err]).toEqual([]);
  });

  it('writes as it comes, and counts the tokens', async () => {
    const server = await startReplayServer({
      strict: true,
      recordings: [recordingOf({ tokens: ['gold', 'fish'] })],
    });
    const { run$, out, tokens } = run([
      'stream',
      'hi',
      '--base-url',
      server.url,
      '--delimiter',
      '|',
    ]);
    await lastValueFrom(run$);
    expect(out.filter((text) => text !== '')).toEqual(['gold|', 'fish|', '\n']);
    expect(tokens()).toBe(2);
    await server.close();
  });

  it('closes what it opened when it is left', async () => {
    const { run$, tokens } = run(['stream', 'hi']);
    await lastValueFrom(run$.pipe(take(3), toArray()));
    expect(tokens()).toBeLessThan(4);
  });

  it('gives the error of a run on', async () => {
    await expect(
      lastValueFrom(run(['stream', 'hi', '--base-url', 'ftp://x']).run$),
    ).rejects.toThrow(/baseURL/);
    await expect(lastValueFrom(run(['replay', 'nowhere.ndjson']).run$)).rejects.toThrow(/ENOENT/);
  });
});
