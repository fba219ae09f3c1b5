/** What a request to a server of OpenAI's dialect looks like. What a server *answers* needs no settings. */
export interface Compat {
  /** The field for the longest answer. */
  readonly maxTokens?: 'max_tokens' | 'max_completion_tokens' | undefined;
  /** The role of system messages. */
  readonly systemRole?: 'system' | 'developer' | undefined;
  /** Whether `stream_options` is sent, by which usage comes with the stream. */
  readonly streamUsage?: boolean | undefined;
  /** Whether `strict` is sent with tools and formats. */
  readonly strictTools?: boolean | undefined;
  /** The word for a call that the model has to make. */
  readonly toolChoiceAny?: 'required' | 'any' | undefined;
  /** Whether reasoning goes back in the field that it came in. */
  readonly sendReasoning?: boolean | undefined;
  /** How the effort of reasoning is written. */
  readonly reasoning?: 'reasoning_effort' | 'reasoning' | undefined;
  /** The content of an answer that is nothing but calls: left out, or an empty text. */
  readonly emptyContent?: 'absent' | 'empty' | undefined;
  /** Characters that the id of a call may have; longer ones of other providers are cut, for call and result alike. */
  readonly longestCallId?: number | undefined;
}

type Known = { readonly [K in keyof Compat]-?: NonNullable<Compat[K]> };

const OPENAI: Known = {
  maxTokens: 'max_completion_tokens',
  systemRole: 'system',
  streamUsage: true,
  strictTools: true,
  toolChoiceAny: 'required',
  sendReasoning: false,
  reasoning: 'reasoning_effort',
  emptyContent: 'absent',
  longestCallId: 40,
};

const OTHERS: Known = {
  ...OPENAI,
  maxTokens: 'max_tokens',
  strictTools: false,
  sendReasoning: true,
  longestCallId: Infinity,
};

/** Servers by the end of their host's name. */
const BY_HOST: readonly (readonly [host: string, compat: Known])[] = [
  ['api.openai.com', OPENAI],
  ['openai.azure.com', OPENAI],
  ['openrouter.ai', { ...OTHERS, strictTools: true, reasoning: 'reasoning' }],
  ['mistral.ai', { ...OTHERS, toolChoiceAny: 'any', streamUsage: false }],
  ['groq.com', { ...OTHERS, sendReasoning: false }],
];

/** @internal The dialect of a server: the given settings, else those of its host, else what most servers take. */
export function compatOf(baseURL: string, given: Compat = {}): Known {
  const { hostname } = new URL(baseURL);
  const known = BY_HOST.find(([host]) => hostname === host || hostname.endsWith(`.${host}`));
  const own = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...(known?.[1] ?? OTHERS), ...Object.fromEntries(own) };
}

/** @internal */
export type KnownCompat = Known;

/** @internal Models of OpenAI's that take the role `developer` and no `system`, and none of the sampling options. */
export function isReasoningModel(model: string): boolean {
  return /^(o\d|gpt-5(?!-chat))/.test(model);
}
