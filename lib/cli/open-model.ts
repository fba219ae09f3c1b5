import type { ChatModel } from '../models/chat-model.js';
import { goldfishSync } from '../testing/anthropic/recordings/goldfish.js';
import { type ReplayOptions, startReplayServer } from '../testing/anthropic/replay-server.js';
import { LIVE_MODEL } from './live-model.js';
import type { Target } from './parse-command.js';
import { RecordedModel } from '../page/recorded-model.js';

/** The model that the recorded answer is from. */
const RECORDED_MODEL = 'claude-3-haiku-20240307';
const MAX_TOKENS = 1024;
/** Between two recorded events that have no times of their own: about what a fast model takes for a token. */
const DELAY_MS = 8;

/** A model to ask, and what closes it down. */
export interface OpenModel {
  readonly model: ChatModel;
  readonly close: () => Promise<void>;
  /** What the user should know of it. */
  readonly note: string | undefined;
}

/** The model that a command line means: the real one if asked for, else a recorded one. */
export async function openModel(
  { provider, live, baseURL, model: given }: Target,
  env: NodeJS.ProcessEnv,
): Promise<OpenModel> {
  const model = given ?? LIVE_MODEL;
  if (provider === 'openai') return opened(await openOpenAI(live, baseURL, model, env));
  if (provider === 'google') {
    const { ChatGoogle } = await import('../google/chat-google.js');
    const apiKey = live ? undefined : (env['GOOGLE_API_KEY'] ?? env['GEMINI_API_KEY']);
    return opened(new ChatGoogle({ model, maxTokens: MAX_TOKENS, baseURL, apiKey }));
  }
  if (provider === 'ollama') {
    const { ChatOllama } = await import('../ollama/chat-ollama.js');
    return opened(new ChatOllama({ model, maxTokens: MAX_TOKENS, baseURL }));
  }
  if (!live && baseURL === undefined) {
    return openReplay(
      { recordings: [goldfishSync], cycle: true, delayMs: DELAY_MS },
      'playing a recorded answer; --live asks the real API',
      given,
    );
  }
  const { ChatAnthropic } = await importAnthropic();
  const apiKey = live ? undefined : (env['ANTHROPIC_API_KEY'] ?? 'no-key');
  const options = { model, maxTokens: MAX_TOKENS, baseURL };
  return opened(new ChatAnthropic(apiKey === undefined ? options : { ...options, apiKey }));
}

function opened(model: ChatModel): OpenModel {
  return { model, close: () => Promise.resolve(), note: undefined };
}

async function openOpenAI(
  live: boolean,
  baseURL: string | undefined,
  model: string,
  env: NodeJS.ProcessEnv,
): Promise<ChatModel> {
  const { ChatOpenAI } = await import('../openai/chat-openai.js');
  // Live it finds the key by itself, and says so where there is none; a server of one's own may want the same one.
  const apiKey = live ? undefined : env['OPENAI_API_KEY'];
  return new ChatOpenAI({ model, maxTokens: MAX_TOKENS, baseURL, apiKey });
}

/** A model whose answers are recorded ones, played on this machine and read as the real ones are. */
export async function openReplay(
  options: ReplayOptions,
  note: string,
  model = RECORDED_MODEL,
): Promise<OpenModel> {
  const server = await startReplayServer(options);
  return {
    model: new RecordedModel(server.url, model),
    close: () => server.close(),
    note,
  };
}

/** The SDK is the user's to install, and only these commands need it. */
async function importAnthropic() {
  try {
    return await import('../anthropic/chat-anthropic.js');
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new Error(
      'asking a provider needs its SDK: npm install rxlm rxjs @anthropic-ai/sdk, then run this again in that folder',
      { cause },
    );
  }
}
