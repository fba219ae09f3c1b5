import { inspect } from 'node:util';
import { API_KEY } from './clients/client.mjs';

/** The fields of an error by which clients tell what happened, whatever they call them. */
export function describeError(error) {
  const chain = chainOf(error);
  const first = (...reads) => {
    for (const link of chain)
      for (const read of reads) if (read(link) !== undefined) return read(link);
    return undefined;
  };
  const { name, constructor, message = String(error) } = error ?? {};
  return {
    // Constructors of the SDK have the names that their errors lack.
    name: [undefined, 'Error', 'TypeError'].includes(constructor?.name) ? name : constructor.name,
    code: error?.code,
    phase: error?.phase,
    status: first(
      ({ status }) => numeric(status),
      ({ statusCode }) => numeric(statusCode),
    ),
    type: first(
      ({ type }) => typed(type),
      ({ error }) => typed(error?.error?.type),
      ({ data }) => typed(data?.error?.type),
    ),
    retryAfterMs: error?.retryAfterMs,
    causes: chain.map(({ code, message }) => `${code ?? ''} ${String(message).slice(0, 80)}`),
    isRangeError: chain.some((link) => link instanceof RangeError),
    message: message.slice(0, 200),
    messageLength: message.length,
    showsKey: shownOf(error).includes(API_KEY),
    showsData: `${message}${error?.stack}`.includes('private'),
  };
}

const numeric = (value) => (typeof value === 'number' ? value : undefined);
const typed = (value) =>
  typeof value === 'string' && value.endsWith('_error') ? value : undefined;

function chainOf(error) {
  const chain = [];
  const visit = (link) => {
    if (typeof link !== 'object' || link === null || chain.includes(link)) return;
    chain.push(link);
    visit(link.cause);
    visit(link.lastError);
    if (Array.isArray(link.errors)) link.errors.forEach(visit);
  };
  visit(error);
  return chain;
}

function shownOf(error) {
  let json = '';
  try {
    json = JSON.stringify(error) ?? '';
  } catch {
    // What cannot be serialised shows nothing that way.
  }
  return `${error?.message}${error?.stack}${inspect(error, { depth: 10 })}${json}`;
}
