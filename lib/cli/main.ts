#!/usr/bin/env node
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { HELP } from './help.js';
import { oneLine } from '../core/internal/printable.js';
import { terminalOutput } from './terminal-output.js';
import { pageCommand } from './page-command.js';
import { type Command, parseCommand } from './parse-command.js';
import { runCommand } from './run-command.js';
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

function run(command: Exclude<Command, { name: 'help' | 'version' }>): void {
  let tokens = 0;
  const run$ =
    command.name === 'page'
      ? pageCommand({ port: command.port, assets: pageFolder() }, { out, err })
      : runCommand(command, process.env, { out, err }, () => (tokens += 1));
  const subscription = run$.subscribe({
    error: (error: unknown) => {
      err(`rxlm: ${oneLine(error instanceof Error ? error.message : String(error))}\n`);
      process.exitCode = EXIT.failed;
    },
  });
  const interrupt = () => {
    subscription.unsubscribe();
    if (command.name === 'page') return;
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

/** Where the build puts the page's files. */
function pageFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('rxlm/package.json')), 'dist/page');
}

function versionOfPackage(): string {
  const { version } = createRequire(import.meta.url)('rxlm/package.json') as { version: string };
  return version;
}
