import { checkChatServer } from '../support/check-chat-server';
import { startSampleServer } from '../support/sample-server';

jest.setTimeout(60_000);

describe.each(['express', 'fastify', 'hono'])('samples/frameworks/%s', (framework) => {
  it('hands a model on to its client, and refuses what is invalid', () =>
    checkChatServer(
      (env) => startSampleServer(`samples/frameworks/${framework}.ts`, env),
      '/chat',
    ));
});
