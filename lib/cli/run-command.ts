import {
  concatMap,
  defer,
  endWith,
  finalize,
  from,
  identity,
  map,
  mergeMap,
  type Observable,
  take,
  tap,
} from 'rxjs';
import type { ChatModel } from '../models/chat-model.js';
import { readRecording, splitMessages } from '../testing/anthropic/recording.js';
import { drawRun } from './draw-run.js';
import { type OpenModel, openModel, openReplay } from './open-model.js';
import { oneLine } from '../core/internal/printable.js';
import type { Command, Print } from './parse-command.js';
import { runsCommand } from './runs-command.js';

/** What a command writes to. */
export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** A command that runs a model, or shows a run. */
export type RunnableCommand = Exclude<Command, { name: 'help' | 'version' | 'page' }>;

/** A run of a command: subscribing starts it, unsubscribing cancels it. `onToken` is called for each piece of text. */
export function runCommand(
  command: RunnableCommand,
  env: NodeJS.ProcessEnv,
  { out, err }: Output,
  onToken: () => void = () => undefined,
): Observable<unknown> {
  const using = (open: () => Promise<OpenModel>, run: (model: ChatModel) => Observable<string>) =>
    defer(() => from(open())).pipe(
      mergeMap(({ model, close, note }) => {
        if (note !== undefined) err(`rxlm: ${oneLine(note)}\n`);
        return run(model).pipe(finalize(() => void close()));
      }),
      tap(out),
    );
  switch (command.name) {
    case 'stream':
      return using(
        () => openModel(command.target, env),
        (model) => printed$(model, command.prompt, command.print, onToken),
      );
    case 'events':
      return using(
        () => openModel(command.target, env),
        (model) => events$(model, command),
      );
    case 'runs':
      return runsCommand(command).pipe(tap(out));
    case 'replay':
      return defer(() => {
        const { file, speed, print } = command;
        const recordings = splitMessages(readRecording(file));
        return using(
          () => openReplay({ recordings, speed }, `playing ${file}`),
          // A file may hold a whole conversation: its messages answer one request after the other.
          (model) =>
            from(recordings).pipe(
              concatMap(() => printed$(model, 'Say what was recorded.', print, onToken)),
            ),
        );
      });
  }
}

function printed$(
  model: ChatModel,
  prompt: string,
  { json, delimiter }: Print,
  onToken: () => void,
): Observable<string> {
  return model.stream$(prompt).pipe(
    tap(({ text }) => {
      if (text !== '') onToken();
    }),
    map((chunk) => (json ? `${JSON.stringify(chunk)}\n` : chunk.text && chunk.text + delimiter)),
    json ? identity : endWith('\n'),
  );
}

function events$(
  model: ChatModel,
  command: Extract<Command, { name: 'events' }>,
): Observable<string> {
  const { prompt, version, includeTypes, pictures, take: count = Infinity } = command;
  return drawRun(pictures, (listeners) =>
    model.events$(prompt, { version, includeTypes, listeners }),
  ).pipe(
    take(count),
    map((event, index) => (index + 1 < count ? `${JSON.stringify(event)}\n` : '...Truncated\n')),
  );
}
