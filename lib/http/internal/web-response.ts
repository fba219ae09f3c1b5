import type { Readable } from 'node:stream';
import { describeValue } from '../../core/internal/describe-value.js';
import type { ProviderErrors } from '../provider-errors.js';
import { bodyOf } from '../transport/http-body.js';

/**
 * @internal The response of anybody's `fetch` as one with a web stream: that of node-fetch has a stream of Node, that of React
 * Native only its whole text. Errors with what is wrong where the body can be read in neither way.
 */
export async function webResponse(
  response: Response,
  errors: Pick<ProviderErrors, 'fail'>,
): Promise<Response> {
  const { status, headers } = response;
  const body: unknown = response.body;
  if (isWebStream(body) || response.type === 'opaqueredirect') return response;
  const made = (content: BodyInit | null) =>
    new Response(content, { status, headers: Object.fromEntries(headers.entries()) });
  if (isNodeStream(body)) return made(bodyOf(body));
  if (body === null && response instanceof Response) return response;
  if ((body === null || body === undefined) && typeof response.text === 'function') {
    return made(await response.text());
  }
  throw errors.fail(
    'invalid_request',
    `fetch returned a response whose body is ${describeValue(body)}: its body must be a web stream, ` +
      'a stream of Node, or to be had by text()',
  );
}

function isWebStream(body: unknown): boolean {
  return typeof (Object(body) as Partial<ReadableStream>).getReader === 'function';
}

function isNodeStream(body: unknown): body is Readable {
  const { on, resume, destroy } = Object(body) as Partial<Readable>;
  return [on, resume, destroy].every((method) => typeof method === 'function');
}
