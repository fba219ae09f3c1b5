import { warnOfPlainHttp } from '../../../lib/http/internal/plain-http';
import { emittedWarnings } from '../../support/emitted-warnings';

const warningsOf = async (url: string | undefined) => {
  const warnings = emittedWarnings();
  warnOfPlainHttp(url, 'ChatAny');
  await new Promise(setImmediate);
  return warnings() as Error[];
};

describe('warnOfPlainHttp', () => {
  it.each([
    'http://api.example.com/v1?x',
    'http://8.8.8.8',
    'http://172.32.0.1',
    'http://[2001:db8::1]',
    'HTTP://Gateway.Acme.Com:8080',
    'http://localhost.acme.com',
  ])('warns of %s', async (url) => {
    const [warning, ...more] = await warningsOf(url);
    expect(more).toEqual([]);
    expect(warning).toMatchObject({ name: 'PlainHttpWarning', code: 'RXLM_PLAIN_HTTP' });
    expect(warning?.message).toMatch(/ChatAny are sent unencrypted.*Use https/);
    expect(warning?.message).not.toMatch(/acme|8\.8/);
  });

  it.each([
    undefined,
    'no address',
    'https://api.example.com',
    'http://localhost:8080',
    'http://127.0.0.1',
    'http://10.1.2.3',
    'http://192.168.0.2',
    'http://172.16.0.1',
    'http://[::1]:80',
    'http://[fd00::1]',
    'http://gateway:4000',
    'http://llm.internal',
    'http://a.test',
  ])('does not warn of %s', async (url) => {
    expect(await warningsOf(url)).toEqual([]);
  });
});
