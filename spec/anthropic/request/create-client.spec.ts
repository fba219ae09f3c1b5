import Anthropic, { BaseAnthropic } from '@anthropic-ai/sdk';
import { expectTypeOf } from 'expect-type';
import { type AnthropicClient, ChatAnthropic } from 'rxlm/anthropic';
import { clientOf } from '../../../lib/anthropic/request/create-client';
import { Secrets } from '../../../lib/http/secrets';

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
    const client = clientOf({ model: 'm', apiKey, clientOptions: { fetch } }, secrets) as Anthropic;
    await client.messages.create({
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

describe('how ChatAnthropic authenticates', () => {
  const names = ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN'] as const;
  const before = names.map((name) => process.env[name]);
  const clear = () => {
    for (const name of names) Reflect.deleteProperty(process.env, name);
  };
  beforeEach(clear);
  afterAll(() => {
    clear();
    names.forEach((name, i) => {
      if (before[i] !== undefined) process.env[name] = before[i];
    });
  });

  /** The credentials that a request has been sent with, or the error that there are none. */
  const sentBy = async (options: object, call: object = {}): Promise<unknown> => {
    let sent: unknown = 'nothing';
    const fetch = (_: unknown, init?: RequestInit) => {
      const headers = new Headers(init?.headers);
      sent = [headers.get('authorization'), headers.get('x-api-key')];
      return Promise.resolve(new Response('{}', { status: 400 }));
    };
    const { clientOptions, ...rest } = options as { clientOptions?: object };
    const model = new ChatAnthropic({
      model: 'm',
      ...rest,
      clientOptions: { ...clientOptions, fetch },
    });
    const error = await model.invoke('Hi', call).catch((thrown: unknown) => thrown);
    return (error as { code: string }).code === 'unauthorized' ? 'unauthorized' : sent;
  };

  it.each<[string, object, object, unknown]>([
    ['a key', { apiKey: 'a-key' }, {}, ['Bearer a-key', null]],
    ['no key', {}, {}, 'unauthorized'],
    ['an empty key, for a gateway that adds it', { apiKey: '' }, {}, [null, null]],
    [
      'an authorization of its own',
      { headers: { Authorization: 'Basic x' } },
      {},
      ['Basic x', null],
    ],
    ['an x-api-key of its own', { headers: { 'X-Api-Key': 'x' } }, {}, [null, 'x']],
    ['one of a call', {}, { headers: { authorization: 'Basic x' } }, ['Basic x', null]],
    [
      'one of a call beside an empty key',
      { apiKey: '' },
      { headers: { 'x-api-key': 'x' } },
      [null, 'x'],
    ],
    [
      'one of the client',
      { clientOptions: { defaultHeaders: { 'x-api-key': 'x' } } },
      {},
      [null, 'x'],
    ],
    [
      'one of the client, as Headers',
      { clientOptions: { defaultHeaders: new Headers({ authorization: 'y' }) } },
      {},
      ['y', null],
    ],
    [
      'a token of the client',
      { clientOptions: { authToken: 'a-token' } },
      {},
      ['Bearer a-token', null],
    ],
    ['none, said in a header', {}, { headers: { authorization: null } }, [null, null]],
  ])('sends %s', async (_, options, call, expected) => {
    expect(await sentBy(options, call)).toEqual(expected);
  });

  it('takes a key of the environment, or else a token', async () => {
    process.env['ANTHROPIC_AUTH_TOKEN'] = 'a-token';
    expect(await sentBy({})).toEqual(['Bearer a-token', null]);
    process.env['ANTHROPIC_API_KEY'] = 'a-key';
    expect(await sentBy({})).toEqual(['Bearer a-key', null]);
  });

  it('sends nothing of the environment unless an option asks for it', async () => {
    process.env['ANTHROPIC_API_KEY'] = process.env['ANTHROPIC_AUTH_TOKEN'] = 'canary';
    expect(await sentBy({ apiKey: '' })).toEqual([null, null]);
    expect(await sentBy({ apiKey: 'a-key' })).toEqual(['Bearer a-key', null]);
    expect(await sentBy({ headers: { 'x-api-key': 'x' } })).toEqual([null, 'x']);
  });

  it('takes a client of any platform, by its type', () => {
    class OfAPlatform extends BaseAnthropic {}
    const client = new OfAPlatform({ apiKey: 'a-key' });
    expectTypeOf(client).toExtend<AnthropicClient>();
    expectTypeOf<Anthropic>().toExtend<AnthropicClient>();
    expect(() => new ChatAnthropic({ model: 'm', client })).not.toThrow();
  });
});
