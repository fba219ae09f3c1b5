import { parseArgs } from 'node:util';
import type { RunType } from '../core/events/run-event.js';
import type { Pictures } from './draw-run.js';
import { parseRuns, type RunsCommand } from './parse-runs.js';
import { UsageError } from './usage-error.js';

/** Whose models the command line knows. */
export type Provider = (typeof PROVIDERS)[number];

const PROVIDERS = ['anthropic', 'openai', 'google', 'ollama'] as const;

/** How a command reaches its model. */
export interface Target {
  readonly provider: Provider;
  readonly live: boolean;
  readonly baseURL: string | undefined;
  readonly model: string | undefined;
}

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | { readonly name: 'page'; readonly port: number | undefined }
  | RunsCommand
  | {
      readonly name: 'stream';
      readonly prompt: string;
      readonly target: Target;
      readonly print: Print;
    }
  | {
      readonly name: 'events';
      readonly prompt: string;
      readonly target: Target;
      readonly take: number | undefined;
      readonly version: 'v1' | 'v2';
      readonly includeTypes: readonly RunType[] | undefined;
      readonly pictures: Pictures;
    }
  | {
      readonly name: 'replay';
      readonly file: string;
      readonly speed: number;
      readonly print: Print;
    };

export interface Print {
  readonly delimiter: string;
  readonly json: boolean;
}

const OPTIONS = {
  live: { type: 'boolean' },
  'base-url': { type: 'string' },
  model: { type: 'string' },
  provider: { type: 'string' },
  delimiter: { type: 'string' },
  json: { type: 'boolean' },
  take: { type: 'string' },
  version: { type: 'string' },
  'include-types': { type: 'string' },
  port: { type: 'string' },
  svg: { type: 'string' },
  html: { type: 'string' },
  speed: { type: 'string' },
  redis: { type: 'string' },
  prefix: { type: 'string' },
  after: { type: 'string' },
  help: { type: 'boolean' },
} as const;

type Options = ReturnType<typeof readOptions>['values'];

/** The options each command takes beside `--help`. */
const TAKES: Readonly<Record<string, readonly (keyof Options)[]>> = {
  stream: ['live', 'base-url', 'model', 'provider', 'delimiter', 'json'],
  events: [
    'live',
    'base-url',
    'model',
    'provider',
    'take',
    'version',
    'include-types',
    'svg',
    'html',
  ],
  replay: ['speed', 'delimiter', 'json'],
  page: ['port'],
  runs: ['redis', 'prefix', 'after', 'json'],
};

/** The command that the arguments ask for. Throws a `UsageError` where they ask for none. */
export function parseCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Command {
  // Asked alone it is for rxlm's own version; with `events` it takes a value.
  if (args.length === 1 && args[0] === '--version') return { name: 'version' };
  const { values, positionals } = readOptions(args);
  const [name, argument, ...more] = positionals;
  if (values.help === true || name === 'help') return { name: 'help' };
  const taken = name === undefined || !Object.hasOwn(TAKES, name) ? undefined : TAKES[name];
  if (name === undefined) throw new UsageError('no command given');
  if (taken === undefined) throw new UsageError(`there is no command ${JSON.stringify(name)}`);
  for (const option of Object.keys(values) as (keyof Options)[]) {
    if (!taken.includes(option)) throw new UsageError(`${name} does not take --${option}`);
  }
  if (name === 'runs') return parseRuns(positionals.slice(1), values, env);
  if (name === 'page') return parsePage(values, argument);
  if (argument === undefined || argument === '') {
    throw new UsageError(`${name} needs ${name === 'replay' ? 'a file' : 'a prompt'}`);
  }
  if (more.length > 0) throw new UsageError(`${name} takes one argument: put a prompt in quotes`);
  return commandOf(name, argument, values);
}

function commandOf(name: string, argument: string, values: Options): Command {
  const print = { delimiter: values.delimiter ?? '', json: values.json ?? false };
  if (name === 'replay') {
    return { name, file: argument, speed: positive('speed', values.speed) ?? Infinity, print };
  }
  const target = targetOf(values);
  if (name === 'stream') return { name, prompt: argument, target, print };
  const { version = 'v2' } = values;
  if (version !== 'v1' && version !== 'v2')
    throw new UsageError('--version must be v1 or v2 for events');
  const includeTypes = values['include-types']?.split(',').map((type) => type.trim()) as
    RunType[] | undefined;
  const take = positive('take', values.take);
  if (take !== undefined && !Number.isInteger(take))
    throw new UsageError('--take must be a whole number');
  const pictures = { svg: values.svg, html: values.html };
  return { name: 'events', prompt: argument, target, take, version, includeTypes, pictures };
}

function parsePage({ port: text }: Options, argument: string | undefined): Command {
  if (argument !== undefined) throw new UsageError('page takes no argument');
  const port = text === undefined ? undefined : Number(text);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65_536))
    throw new UsageError(
      `--port must be a whole number from 0 to 65535, got ${JSON.stringify(text)}`,
    );
  return { name: 'page', port };
}

function targetOf(values: Options): Target {
  const { provider: name = 'anthropic', live = false, 'base-url': baseURL, model } = values;
  const provider = PROVIDERS.find((known) => known === name);
  if (provider === undefined)
    throw new UsageError(
      `there is no provider ${JSON.stringify(name)}; there are ${PROVIDERS.join(', ')}`,
    );
  if (provider !== 'anthropic') {
    if (!live && baseURL === undefined)
      throw new UsageError(`--provider ${provider} needs --live or --base-url`);
    if (model === undefined) throw new UsageError(`--provider ${provider} needs --model`);
  }
  return { provider, live, baseURL, model };
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function positive(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0))
    throw new UsageError(`--${name} must be a number above 0, got ${JSON.stringify(text)}`);
  return value;
}
