import type { Readable } from 'node:stream';
import { describeValue } from '../../core/internal/describe-value.js';
import type { ByteSource } from '../../event-stream/byte-source.js';
import { webSource } from '../../event-stream/web-source.js';
import type { ProviderErrors } from '../provider-errors.js';
import { nodeBody } from './node-body.js';
import { PushedBody } from './pushed-body.js';
import { isReceived, type ReceivedResponse } from './received-response.js';

/**
 * @internal The response of any `fetch` as rxlm reads it: that of node-fetch has a stream of Node, that of React Native only
 * its whole text. Errors with what is wrong where the body can be read in neither way.
 */
export async function receiveResponse(
  response: Response | ReceivedResponse,
  errors: Pick<ProviderErrors, 'fail'>,
): Promise<ReceivedResponse> {
  if (isReceived(response)) return response;
  const { status, headers } = response;
  return { status, headers, body: await bodyOf(response, errors) };
}

async function bodyOf(
  response: Response,
  errors: Pick<ProviderErrors, 'fail'>,
): Promise<ByteSource> {
  const body: unknown = response.body;
  if (isWebStream(body)) return webSource(body);
  if (isNodeStream(body)) return nodeBody(body);
  if (response.type === 'opaqueredirect') return wholeBody('');
  if (body === null && response instanceof Response) return wholeBody('');
  if ((body === null || body === undefined) && typeof response.text === 'function')
    return wholeBody(await response.text());
  throw errors.fail(
    'invalid_request',
    `fetch returned a response whose body is ${describeValue(body)}: its body must be a web stream, ` +
      'a stream of Node, or to be had by text()',
  );
}

function wholeBody(text: string): ByteSource {
  const body = new PushedBody({ resume: () => undefined, cancel: () => undefined });
  body.push(new TextEncoder().encode(text));
  body.finish((sink) => {
    sink.end();
  });
  return body;
}

function isWebStream(body: unknown): body is ReadableStream<Uint8Array> {
  return typeof (Object(body) as Partial<ReadableStream>).getReader === 'function';
}

function isNodeStream(body: unknown): body is Readable {
  const { on, resume, destroy } = Object(body) as Partial<Readable>;
  return [on, resume, destroy].every((method) => typeof method === 'function');
}
