import { THROWN } from './consumers/throw-at.mjs';

export const WHOLE_TEXT = 'Hello wörld 🌍👩‍🚀!';
export const MB = 1_000_000;

/** What a right one has to have, by the name in a variant's `right`: each gives what is wrong, or nothing. */
const checks = {
  outcome: (wanted, { outcome }) =>
    [wanted].flat().includes(outcome) ? undefined : `${outcome}, not ${[wanted].flat()[0]}`,
  /** Of rxlm alone: no other client has codes for it. */
  code: (wanted, { error }, client) =>
    client !== 'rxlm' || [wanted].flat().includes(error?.code) ? undefined : `code ${error?.code}`,
  phase: (wanted, { error }, client) =>
    client !== 'rxlm' || error?.phase === wanted ? undefined : `phase ${error?.phase}`,
  text: (wanted, { text }) => (text === wanted ? undefined : `text ${shown(text)}`),
  textBegins: (wanted, { text }) => (text.startsWith(wanted) ? undefined : `text ${shown(text)}`),
  length: (wanted, { length }) => (length === wanted ? undefined : `${length} characters`),
  texts: (wanted, { texts }) => (texts === wanted ? undefined : `${texts} texts`),
  /** The message as a whole, beside the text that was streamed. */
  final: (wanted, { message }) =>
    message?.text === wanted ? undefined : `the message has ${shown(message?.text)}`,
  blocks: (wanted, { message }) => same('blocks', message?.blocks, wanted),
  calls: (wanted, { message }) => same('calls', message?.calls, wanted),
  /** A call that is told as one that cannot be run, with what came for its arguments. */
  invalidCall: (wanted, { message }) =>
    message?.calls?.length === 1 && message.calls[0].invalid === wanted
      ? undefined
      : `calls ${shown(message?.calls)}`,
  /** A call by this name, which may be told as one of a tool that there is not. */
  callOf: (wanted, { message }) =>
    message?.calls?.length === 1 && message.calls[0].name === wanted
      ? undefined
      : `calls ${shown(message?.calls)}`,
  /** No count that cannot be meant: each is absent or a number that is finite and not negative. */
  counts: (_, { message }) => {
    const odd = COUNTS.map((key) => message?.usage?.[key]).find(
      (count) => (count ?? null) !== null && !(typeof count === 'number' && count >= 0),
    );
    return odd === undefined ? undefined : `a count of ${JSON.stringify(odd)}`;
  },
  usage: ([input, output], { message }) =>
    same(
      'usage',
      COUNTS.slice(0, 2).map((key) => message?.usage?.[key] ?? null),
      [input, output],
    ),
  status: (wanted, { error }) => (error?.status === wanted ? undefined : `status ${error?.status}`),
  type: (wanted, { error }) => (error?.type === wanted ? undefined : `type ${error?.type}`),
  cause: (wanted, { error }) =>
    error?.causes.some((cause) => wanted.test(cause)) ? undefined : 'its cause is lost',
  noRangeError: (_, { error }) => (error?.isRangeError ? 'a RangeError' : undefined),
  retryAfterMs: (wanted, { error }, client) =>
    client !== 'rxlm' || error?.retryAfterMs === wanted ? undefined : 'retryAfterMs is lost',
  messageLength: (most, { error }) =>
    error?.messageLength > most ? `an error of ${error.messageLength} characters` : undefined,
  hidesData: (_, { error, printsData }) =>
    error?.showsData ? 'the error shows the data' : printsData ? 'prints the data' : undefined,
  inheritsNothing: (_, { inherited }) =>
    inherited > 0 ? `${inherited} objects inherit from it` : undefined,
  requests: (wanted, { requests }) => (requests === wanted ? undefined : `${requests} requests`),
  requestsAtMost: (most, { requests }) => (requests <= most ? undefined : `${requests} requests`),
  sinkRequests: (wanted, { sinkRequests }) =>
    sinkRequests === wanted ? undefined : 'the other host was asked',
  gap: ([least, most], { gaps }) =>
    gaps.length === 1 && gaps[0] >= least && gaps[0] <= most ? undefined : `gaps ${rounded(gaps)}`,
  gapsGrow: (_, { gaps }) =>
    gaps.every((gap, index) => index === 0 || gap > gaps[index - 1])
      ? undefined
      : `gaps ${rounded(gaps)}`,
  ms: ([least, most], { ms }) =>
    ms >= least && ms <= most ? undefined : `after ${rounded([ms])} ms`,
  cpuMs: (most, { cpuMs }) => (cpuMs <= most ? undefined : `${rounded([cpuMs])} ms of CPU`),
  closeMs: (most, { closeMs }) =>
    closeMs <= most
      ? undefined
      : closeMs === undefined
        ? 'not closed'
        : `closed ${rounded([closeMs])} ms later`,
  settledMs: (most, { settledMs }) =>
    settledMs <= most ? undefined : `settled ${rounded([settledMs])} ms later`,
  exitMs: (most, { exitMs }) => (exitMs <= most ? undefined : 'the process stays'),
  afterwards: (wanted, { afterwards }) =>
    afterwards === wanted ? undefined : `${afterwards} texts afterwards`,
  listeners: (wanted, { listeners }) =>
    listeners === wanted ? undefined : `${listeners} listeners left`,
  growth: (most, { growth }) => (growth <= most ? undefined : `grew by ${megabytes(growth)}`),
  heapGrowth: (most, { heapGrowth }) =>
    heapGrowth <= most ? undefined : `the heap grew by ${megabytes(heapGrowth)}`,
  sentBytes: (most, { sentBytes }) =>
    sentBytes <= most ? undefined : `${megabytes(sentBytes)} were sent`,
  /** The consumer's own throw: told once, and the stream either closed or read on to its end. */
  tellsThrow: (_, { outcome, error, unhandled, text, closeMs }) => {
    const told = [error?.message, ...unhandled].filter((message) => message === THROWN);
    if (told.length !== 1) return `the throw is told ${told.length} times`;
    if (outcome === 'complete') return text === WHOLE_TEXT ? undefined : `text ${shown(text)}`;
    return checks.closeMs(200, { closeMs });
  },
};

const COUNTS = ['input_tokens', 'output_tokens', 'total_tokens'];

/** Why a client did not survive a variant; undefined if it did. */
export function judge({ right }, seen, client) {
  if (seen.outcome === 'hang') return 'hang';
  if (seen.outcome === 'exit') return 'the process ended';
  for (const [name, wanted] of Object.entries(right)) {
    const wrong = checks[name](wanted, seen, client);
    if (wrong !== undefined) return wrong;
  }
  return always(seen);
}

/** What holds in every case. */
function always({ unhandled, warnings, error, printsKey, polluted }) {
  const strange = unhandled.find((message) => message !== THROWN);
  if (strange !== undefined) return `unhandled: ${strange.slice(0, 40)}`;
  if (warnings.length > 0) return `warns: ${warnings[0]}`;
  if (error?.showsKey) return 'the error shows the key';
  if (printsKey) return 'prints the key';
  return polluted ? 'a polluted prototype' : undefined;
}

const same = (what, value, wanted) =>
  JSON.stringify(value) === JSON.stringify(wanted) ? undefined : `${what} ${shown(value)}`;

const shown = (value) => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};

const rounded = (times) => times.map(Math.round).join(', ');
const megabytes = (bytes) => `${Math.round(bytes / MB)} MB`;
