import { printable } from '../core/internal/printable.js';
import type { Output } from './run-command.js';

/** A stream of the process, as far as it is used. */
export interface TextStream {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/**
 * Output to the process's streams. On a terminal, control characters of an answer are shown as escapes; into a pipe or a file it goes
 * as it is. Errors are always shown as escapes and cut at 4,000 characters: they end up in logs.
 */
export function terminalOutput(stdout: TextStream, stderr: TextStream): Output {
  return {
    out: (text) => void stdout.write(stdout.isTTY === true ? printable(text) : text),
    err: (text) => void stderr.write(printable(cut(text))),
  };
}

const LONGEST_ERROR = 4000;

function cut(text: string): string {
  return text.length > LONGEST_ERROR ? `${text.slice(0, LONGEST_ERROR)}…\n` : text;
}
