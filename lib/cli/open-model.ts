import { ChatAnthropic } from '../anthropic/chat-anthropic.js';
import type { ChatModel } from '../models/chat-model.js';
import { goldfishSync } from '../testing/recordings/goldfish.js';
import { type ReplayOptions, startReplayServer } from '../testing/replay-server.js';
import type { Target } from './parse-command.js';

/** The model that `--live` asks where none is named. */
export const LIVE_MODEL = 'claude-haiku-4-5';
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

/** The model that a command line means: the real one if asked for, else a recorded one behind the real client. */
export async function openModel(
  { live, baseURL, model }: Target,
  env: NodeJS.ProcessEnv,
): Promise<OpenModel> {
  const close = () => Promise.resolve();
  if (live) {
    const chat = new ChatAnthropic({ model: model ?? LIVE_MODEL, maxTokens: MAX_TOKENS, baseURL });
    return { model: chat, close, note: undefined };
  }
  if (baseURL !== undefined) {
    const apiKey = env['ANTHROPIC_API_KEY'] ?? 'no-key';
    const chat = new ChatAnthropic({
      model: model ?? LIVE_MODEL,
      maxTokens: MAX_TOKENS,
      baseURL,
      apiKey,
    });
    return { model: chat, close, note: undefined };
  }
  return openReplay(
    { recordings: [goldfishSync], cycle: true, delayMs: DELAY_MS },
    'playing a recorded answer; --live asks the real API',
    model,
  );
}

/** A model whose answers are recorded ones, played on this machine and read by the real client. */
export async function openReplay(
  options: ReplayOptions,
  note: string,
  model = RECORDED_MODEL,
): Promise<OpenModel> {
  const server = await startReplayServer(options);
  return {
    model: new ChatAnthropic({
      model,
      maxTokens: MAX_TOKENS,
      baseURL: server.url,
      apiKey: 'recorded',
    }),
    close: () => server.close(),
    note,
  };
}
