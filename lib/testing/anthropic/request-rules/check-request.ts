import { wrongCall } from './call-rules.js';
import { wrongOption } from './option-rules.js';
import { readRequest } from './request.js';
import { requestBody } from './request-shape.js';
import { wrongServerCall } from './server-call-rules.js';
import type { Json } from './shape.js';
import type { SignedThinking } from './signed-thinking.js';
import { wrongText } from './text-rules.js';

/**
 * Why the Messages API refuses the body of a request, in its words; `undefined` if it takes it. The rules are those that
 * public reports quote from its answers and that the types of its SDK say, each cited where it is. With `signed`, thinking
 * is held against what was given out.
 */
export function refusalOf(body: unknown, signed?: SignedThinking): string | undefined {
  const misshapen = requestBody(body, 'body');
  if (misshapen !== undefined) return misshapen;
  const request = readRequest(body as Json);
  return (
    wrongOption(request) ??
    wrongText(request) ??
    wrongCall(request) ??
    wrongServerCall(request) ??
    signed?.wrongIn(request)
  );
}
