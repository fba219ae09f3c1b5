import type { IncomingHttpHeaders } from 'node:http';
import type { SeenRequest } from '../http/seen-request.js';

export interface Objection {
  readonly status: number;
  readonly message: string;
}

/** What the service would refuse about this request before it looks at the prompt, if anything. */
export function objectionTo(request: SeenRequest, pathname: string): Objection | undefined {
  if (pathname !== '/v1/messages') return { status: 404, message: `Not found: ${pathname}` };
  if (request.method !== 'POST') return { status: 405, message: 'Method not allowed' };
  if (apiKeyOf(request.headers) === undefined) {
    return { status: 401, message: 'x-api-key header is required' };
  }
  if (typeof request.body !== 'object' || request.body === null) {
    return { status: 400, message: 'The request body is not valid JSON' };
  }
  return undefined;
}

/** The key a request came with, in either of the headers that clients use. */
export function apiKeyOf(headers: IncomingHttpHeaders): string | undefined {
  const key = headers['x-api-key'];
  const bearer = /^Bearer +(\S.*)$/i.exec(headers.authorization ?? '')?.[1];
  return (typeof key === 'string' && key !== '' ? key : undefined) ?? bearer;
}

export const wantsStream = ({ body }: SeenRequest): boolean =>
  typeof body === 'object' && body !== null && 'stream' in body && body.stream === true;
