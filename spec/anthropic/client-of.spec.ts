import Anthropic from '@anthropic-ai/sdk';
import { clientOf } from '../../lib/anthropic/client-of';
import { Secrets } from '../../lib/event-stream/secrets';

describe('clientOf', () => {
  it('makes a client that does not retry and prints nothing', () => {
    const client = clientOf(
      { model: 'm', apiKey: 'a-key-of-mine', baseURL: 'http://a.test' },
      new Secrets(),
    );
    expect(client).toMatchObject({
      apiKey: 'a-key-of-mine',
      baseURL: 'http://a.test',
      maxRetries: 0,
      logLevel: 'off',
    });
  });

  it('gives out the client that was passed in', () => {
    const client = new Anthropic({ apiKey: 'a-key-of-mine' });
    expect(clientOf({ model: 'm', client }, new Secrets())).toBe(client);
  });

  it('[21] notes every key as secret, also one that a function gives', async () => {
    const secrets = new Secrets();
    clientOf({ model: 'm', apiKey: 'sk-canary-2' }, secrets);
    const apiKey = () => Promise.resolve('sk-canary-1');
    clientOf({ model: 'm', clientOptions: { authToken: 'sk-canary-3' } }, secrets);
    clientOf({ model: 'm', client: new Anthropic({ apiKey: 'sk-canary-4' }) }, secrets);
    const fetch = () =>
      Promise.resolve(new Response('{}', { headers: { 'content-type': 'application/json' } }));
    await clientOf({ model: 'm', apiKey, clientOptions: { fetch } }, secrets).messages.create({
      model: 'm',
      max_tokens: 1,
      messages: [],
    });
    const all = Array.from({ length: 4 }, (_, i) => `sk-canary-${String(i + 1)}`).join(' ');
    expect(secrets.scrub(all)).not.toContain('canary');
  });

  it('[21] refuses credentials in an address from the environment, without showing them', () => {
    const before = process.env['ANTHROPIC_BASE_URL'];
    process.env['ANTHROPIC_BASE_URL'] = 'http://user:canary@a.test';
    try {
      const make = () => clientOf({ model: 'm', apiKey: 'a-key-of-mine' }, new Secrets());
      expect(make).toThrow(/baseURL must not carry credentials/);
      expect(make).not.toThrow(/canary/);
    } finally {
      if (before === undefined) delete process.env['ANTHROPIC_BASE_URL'];
      else process.env['ANTHROPIC_BASE_URL'] = before;
    }
  });
});
