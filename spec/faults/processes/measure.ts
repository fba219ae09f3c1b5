import { ModelError } from '../../../lib/index.js';
import { type AnthropicOptions, ChatAnthropic } from '../../../lib/anthropic/index.js';

/** What a process of its own reports the spec that started it, as its last line. */
export interface Told {
  readonly outcome: string;
  /** Values that came. */
  readonly count: number;
  /** The most memory (resident set) that was taken beyond that at the beginning, in bytes. */
  readonly growth: number;
  /** Heap beyond that at the beginning once everything was over and collected, in bytes. */
  readonly heapGrowth: number;
  readonly cpuMs: number;
  /** What keeps the process alive by then, its own pipes excepted. */
  readonly resources: readonly string[];
  /** `Date.now()` when it was reported. */
  readonly at: number;
}

export const modelAt = (baseURL: string, options: Partial<AnthropicOptions> = {}): ChatAnthropic =>
  new ChatAnthropic({ model: 'm', apiKey: 'a-key-for-specs', baseURL, maxRetries: 0, ...options });

export const recordRun = (recorded: Partial<Told>): void => {
  process.stdout.write(`${JSON.stringify({ ...recorded, at: Date.now() })}\n`);
};

export const outcomeOf = (error: unknown): string =>
  ModelError.is(error) ? error.code : String(error);

export const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

const collect = async (): Promise<void> => {
  for (let i = 0; i < 3; i += 1) {
    global.gc?.();
    await wait(50);
  }
};

/** Tells what `act` costs in memory and time, once `warmUp` has filled the caches that every program fills. */
export async function measure(
  warmUp: () => Promise<unknown>,
  act: (count: () => void) => Promise<string>,
): Promise<void> {
  await warmUp();
  await collect();
  const before = process.memoryUsage();
  const cpu = process.cpuUsage();
  let most = before.rss;
  let count = 0;
  const look = () => (most = Math.max(most, process.memoryUsage.rss()));
  const watch = setInterval(look, 10);
  const outcome = await act(() => (count += 1));
  look();
  clearInterval(watch);
  const { user, system } = process.cpuUsage(cpu);
  await collect();
  recordRun({
    outcome,
    count,
    growth: most - before.rss,
    heapGrowth: process.memoryUsage().heapUsed - before.heapUsed,
    cpuMs: (user + system) / 1000,
    resources: process.getActiveResourcesInfo().filter((name) => name !== 'PipeWrap'),
  });
}
