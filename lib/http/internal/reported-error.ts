import { attempt } from '../../core/internal/try-or-undefined.js';
import type { ReportedError } from '../provider-errors.js';
import type { Secrets } from '../secrets.js';

const MAX_NAME = 100;

/**
 * @internal What an error says of itself, without secrets: in the body of a response (its text) or in a frame of the stream
 * (its value), in the shapes of OpenAI, Anthropic, Google, Azure, FastAPI and the proxies in front of them. A body that
 * says nothing by these names is its own message.
 *
 * The provider's name for the error is its `type`, or else its `code` or `status`, and a `code` beside the `type` is a more
 * precise one; a numeric `code` is the HTTP status.
 */
export function readReportedError(body: unknown, secrets: Secrets): ReportedError {
  const json = typeof body === 'string' ? attempt(() => JSON.parse(body) as unknown) : body;
  const outer = record(Array.isArray(json) ? json[0] : json) ?? {};
  let said = outer;
  for (let inner = record(said['error']); inner !== undefined; inner = record(inner['error']))
    said = inner;
  const read = (value: unknown) =>
    typeof value === 'string' && value !== '' ? secrets.scrub(value) : undefined;
  const { type, code, status } = said;
  const statuses = [status, said['status_code'], code, outer['status'], outer['code']].map(
    statusOf,
  );
  const names = [
    type === 'error' ? undefined : type,
    code,
    status,
    outer['code'],
    said['error_type'],
  ];
  const [name, ...others] = names
    .map(read)
    .filter((word) => word !== undefined && statusOf(word) === undefined);
  const message =
    read(said['message']) ??
    read(said['error']) ??
    read(outer['message']) ??
    detailIn(outer['detail'], read) ??
    read(said['msg']);
  const requestId = read(outer['request_id']);
  const isSilent = name === undefined && message === undefined;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    type: name?.slice(0, MAX_NAME),
    code: others.find((word) => word !== name)?.slice(0, MAX_NAME),
    message: message ?? (isSilent ? secrets.scrub(text) : undefined),
    status: statuses.find((value) => value !== undefined),
    requestId: requestId?.slice(0, MAX_NAME),
    retryAfterMs: retryDelayIn(said['details']),
  };
}

/** Google says among its details how long to wait, as `7s`. */
function retryDelayIn(details: unknown): number | undefined {
  if (!Array.isArray(details)) return undefined;
  for (const detail of details as unknown[]) {
    const delay = record(detail)?.['retryDelay'];
    const [, seconds] = /^(\d+(?:\.\d+)?)s$/.exec(typeof delay === 'string' ? delay : '') ?? [];
    if (seconds !== undefined) return Math.ceil(Number(seconds) * 1000);
  }
  return undefined;
}

/** FastAPI lists what is wrong. */
function detailIn(
  detail: unknown,
  read: (value: unknown) => string | undefined,
): string | undefined {
  return Array.isArray(detail) ? read(record(detail[0])?.['msg']) : read(detail);
}

function statusOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return Number.isInteger(number) && (number as number) >= 400 && (number as number) <= 599
    ? (number as number)
    : undefined;
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
