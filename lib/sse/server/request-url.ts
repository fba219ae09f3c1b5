import { badRequest } from './bad-request.js';

/** @internal The target of a request, which is whatever the client has sent. Refuses with 400 what is no URL. */
export function requestUrl(target: string): URL {
  if (!URL.canParse(target, BASE)) throw badRequest('the target of the request is no URL');
  return new URL(target, BASE);
}

const BASE = 'http://localhost';
