import { Readable } from 'node:stream';
import { isReceived } from '../../../lib/http/transport/received-response';
import { received } from '../../support/received';

describe('isReceived', () => {
  it.each<[string, object, boolean]>([
    ["one of rxlm's own", received(new Response('a')), true],
    ['one of `fetch`', new Response('a'), false],
    ['one of `fetch` without a body', new Response(null), false],
    ['one with a stream of Node', { body: Readable.from([]) }, false],
    ['one with nothing', {}, false],
    ['one with a text', { body: 'a' }, false],
  ])('of %s', (_, response, is) => {
    expect(isReceived(response)).toBe(is);
  });
});
