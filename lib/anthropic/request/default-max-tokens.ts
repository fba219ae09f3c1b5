/** What a model writes at most in one answer, by what its name begins with behind `claude-`; the first that fits counts. */
const MOST_OUTPUT: readonly (readonly [RegExp, number])[] = [
  [/^(instant|[12]\b)/, 4_096],
  [/^3-(opus|sonnet|haiku)/, 4_096],
  [/^3-5-/, 8_192],
  [/^3-7-/, 64_000],
  [/^opus-4(-[01])?(?![-\d]*\d)/, 32_000],
  [/^(opus|sonnet|haiku)-4(-[0-5])?(?![-\d]*\d)/, 64_000],
  [/^/, 128_000],
];

const DEFAULT = 16_384;
/** Of a model that is none of Anthropic's: what most will take. */
const DEFAULT_OF_OTHERS = 4_096;

/**
 * @internal How many tokens an answer may have where nothing is said: 16,384, or as many as the model can write if those are
 * fewer. With a budget for thinking that many beside it, and twice as many where the model thinks as it sees fit.
 */
export function defaultMaxTokens(model: unknown, thinking: unknown): number {
  const most = mostOutput(String(model));
  const base = most === undefined ? DEFAULT_OF_OTHERS : Math.min(DEFAULT, most);
  const { type, budget_tokens: budget } = Object(thinking) as Readonly<Record<string, unknown>>;
  if (type === 'adaptive') return Math.min(base * 2, most ?? Infinity);
  if (type !== 'enabled' || typeof budget !== 'number') return base;
  // A budget beyond what the model can write is for the API to refuse, with its reason.
  return Math.min(budget + base, most !== undefined && budget < most ? most : Infinity);
}

/** Names on other platforms have something before and behind: `us.anthropic.claude-opus-4-6-v1:0`, `claude-opus-4@20250514`. */
function mostOutput(model: string): number | undefined {
  const name = /claude-(.+)/
    .exec(model)?.[1]
    ?.replace(/[-@]20\d{6}.*|[-@]?(latest|v\d+).*|\[.*/, '');
  return name === undefined ? undefined : MOST_OUTPUT.find(([family]) => family.test(name))?.[1];
}
