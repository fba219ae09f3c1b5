#!/usr/bin/env node
import { createRequire } from 'node:module';
import { HELP } from './help.js';
import { oneLine } from '../core/internal/printable.js';
import { terminalOutput } from './terminal-output.js';
import { type Command, parseCommand } from './parse-command.js';
import { type RunnableCommand, runCommand } from './run-command.js';
import { UsageError } from './usage-error.js';

const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

const { out, err } = terminalOutput(process.stdout, process.stderr);

main(process.argv.slice(2));

function main(args: readonly string[]): void {
  let command: Command;
  try {
    command = parseCommand(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    err(`rxlm: ${oneLine(error.message)}. See rxlm --help\n`);
    process.exitCode = EXIT.usage;
    return;
  }
  if (command.name === 'help') out(HELP);
  else if (command.name === 'version') out(`${versionOfPackage()}\n`);
  else run(command);
}

function run(command: RunnableCommand): void {
  let tokens = 0;
  const subscription = runCommand(
    command,
    process.env,
    { out, err },
    () => (tokens += 1),
  ).subscribe({
    error: (error: unknown) => {
      err(`rxlm: ${oneLine(error instanceof Error ? error.message : String(error))}\n`);
      process.exitCode = EXIT.failed;
    },
  });
  const interrupt = () => {
    subscription.unsubscribe();
    err(
      command.name === 'runs'
        ? '\nrxlm: disconnected. The run goes on\n'
        : `\nrxlm: cancelled after ${String(tokens)} tokens\n`,
    );
    process.exitCode = EXIT.interrupted;
  };
  process.once('SIGINT', interrupt);
  subscription.add(() => process.off('SIGINT', interrupt));
  // Whoever reads the output has had enough, as `head` does.
  process.stdout.on('error', () => {
    subscription.unsubscribe();
  });
}

function versionOfPackage(): string {
  const { version } = createRequire(import.meta.url)('rxlm/package.json') as { version: string };
  return version;
}
