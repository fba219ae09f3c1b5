import { ChatPromptTemplate, RxlmError, StringOutputParser, type RunConfig } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { Endings } from './endings.js';
import type { Plan } from './plan.js';
import { views, type Look } from './views.js';

/** What must show up nowhere. */
export const KEY = 'sk-canary-0123456789abcdef';
const LONGEST_MS = 20_000;

export interface Outcome {
  readonly code: string;
  /** What no run may do. */
  readonly broken: readonly string[];
}

/** Runs one plan to its end, and looks at what may be seen of it. */
export async function runPlan(plan: Plan, baseURL: string, shared: AbortSignal): Promise<Outcome> {
  const { maxRetries, timeouts, signal, timeout, listen } = plan;
  const model = new ChatAnthropic({ model: 'm', apiKey: KEY, baseURL, maxRetries, timeouts });
  const endings = new Endings();
  const own = new AbortController();
  const abort = (): void => {
    own.abort();
  };
  if (signal === 0) abort();
  const timer = typeof signal === 'number' ? setTimeout(abort, signal) : undefined;
  const config: RunConfig = {
    signal: signal === 'shared' ? shared : signal === undefined ? undefined : own.signal,
    timeout,
    listeners: listen ? [endings.listen] : [],
  };
  const prompt = ChatPromptTemplate.fromMessages([['human', '{question}']]);
  const chain = prompt.pipe(model).pipe(new StringOutputParser());
  const look: Look = {
    model,
    chain,
    config,
    leave: plan.leave ?? {},
    pace: plan.pace,
    broken: [],
  };
  const hung = new Deadline(LONGEST_MS);
  const code = await Promise.race([views[plan.view](look).catch(codeOf), hung.passed]);
  hung.clear();
  clearTimeout(timer);
  return { code, broken: [...look.broken, ...endings.end(), ...oddities(code)] };
}

/** The name of an error's kind; what it shows must not hold the key. */
function codeOf(error: unknown): string {
  if (RxlmError.is(error)) return shows(error) ? 'leaked' : error.code;
  const { name } = error as { name?: unknown };
  return name === 'AbortError' ? 'aborted' : `other: ${String(error)}`;
}

const shows = (error: RxlmError): boolean =>
  `${String(error.stack)}${JSON.stringify(error)}`.includes('canary');

/** Endings that no fault accounts for. */
const oddities = (code: string): readonly string[] =>
  code === 'hung' || code === 'leaked' || code.startsWith('other') ? [code] : [];

class Deadline {
  readonly passed: Promise<string>;
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number) {
    this.passed = new Promise((resolve) => {
      this.#timer = setTimeout(() => {
        resolve('hung');
      }, ms);
    });
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}
