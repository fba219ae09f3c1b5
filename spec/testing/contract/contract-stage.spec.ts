import { acmeWire, ChatAcme } from '../../support/acme-wire';
import { checks, onWire, refused, streamed } from '../../../lib/testing/contract/contract-stage';

const connect = (baseURL: string, options: { apiKey: string }) =>
  new ChatAcme({ baseURL, ...options });

describe('onWire', () => {
  it('answers each address by its own plays, in order, and then by the last one', async () => {
    await onWire(acmeWire, connect, async (stage) => {
      const say = (text: string) => streamed(acmeWire, acmeWire.answer({ text: [text] }).frames);
      const [one, other] = [stage.serve(say('a'), say('b')), stage.serve(say('c'))];
      const ask = async (served: typeof one) => (await served.connect().invoke('Hi')).text;
      expect([await ask(one), await ask(other), await ask(one), await ask(one)]).toEqual([
        'a',
        'c',
        'b',
        'b',
      ]);
      expect([one.requests.length, other.requests.length]).toEqual([3, 1]);
    });
  });

  it('closes its server when the check fails', async () => {
    let url = '';
    const check = onWire(acmeWire, connect, (stage) => {
      url = stage.serve(refused(acmeWire, 500, 'no')).url;
      return Promise.reject(new Error('the check fails'));
    });
    await expect(check).rejects.toThrow('the check fails');
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });
});

describe('checks', () => {
  it('have names', () => {
    const run = () => Promise.resolve();
    expect(checks({ one: run, two: run })).toEqual([
      { name: 'one', run },
      { name: 'two', run },
    ]);
  });
});
