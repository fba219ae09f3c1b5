import type { Fault, FaultParams } from './faults/fault.js';
import { faults, type FaultName } from './faults/all-faults.js';

/** The parameters of a fault, and `times`: how many requests get it before GOOD is played. Default: all. */
export type FaultOptions<N extends FaultName> = Partial<(typeof faults)[N]['params']> & {
  readonly times?: number;
};

/** What a request's URL asks for. */
export interface FaultCall {
  readonly name: string;
  readonly fault: Fault;
  readonly params: FaultParams;
  readonly times: number;
  /** The path that is left for the service. */
  readonly pathname: string;
  /** The part of the URL that names the fault: requests that share it share its `times`. */
  readonly key: string;
}

/** The path of a fault under a server's URL: `/cut-at/bytes=123`. */
export function faultPath<N extends FaultName>(name: N, options?: FaultOptions<N>): string {
  const segments = Object.entries(options ?? {}).map(
    ([key, value]) => `/${key}=${encodeURIComponent(String(value))}`,
  );
  return `/${name}${segments.join('')}`;
}

/** Reads `/<fault>/<name>=<value>…/v1/messages`. */
export function parseFaultUrl(url: string): FaultCall {
  const { pathname } = new URL(url, 'http://localhost');
  const service = /\/v1(?:\/|$)/.exec(pathname)?.index ?? pathname.length;
  const key = pathname.slice(0, service);
  const servicePath = pathname.slice(service);
  const [name = '', ...segments] = key.split('/').filter(Boolean).map(decodeURIComponent);
  const [, fault] = Object.entries<Fault>(faults).find(([known]) => known === name) ?? [];
  if (!fault) throw new Error(`there is no fault "${name}"; faultNames lists them`);
  const params = { ...fault.params, times: Infinity } as Record<string, number | string>;
  for (const [param, value] of segments.map(parseSegment)) {
    if (!Object.hasOwn(params, param)) throw new Error(`"${name}" has no parameter "${param}"`);
    params[param] = typeof params[param] === 'number' ? parseNumber(param, value) : value;
  }
  return { name, fault, params, times: Number(params['times']), pathname: servicePath, key };
}

function parseSegment(segment: string): [string, string] {
  const [param = '', ...value] = segment.split('=');
  return [param, value.join('=')];
}

function parseNumber(param: string, value: string): number {
  const number = value === '' ? NaN : Number(value);
  if (Number.isNaN(number)) throw new Error(`"${param}" must be a number, not "${value}"`);
  return number;
}
