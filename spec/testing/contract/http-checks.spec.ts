import { AcmeDecoder, acmeWire, ChatAcme, wrongAcme } from '../../support/acme-wire';
import { failedChecks } from '../../support/failed-checks';

describe('the checks of a server', () => {
  it('are failed by a model that shows what the provider echoes', async () => {
    const connect = wrongAcme(
      (context) =>
        new AcmeDecoder({
          ...context,
          reported: (frame) => context.fail('overloaded', JSON.stringify(frame)),
        }),
    );
    expect(await failedChecks({ wire: acmeWire, connect }, /^shows/)).toEqual([
      'shows no key that the provider echoes, in a refusal, an error or an event',
    ]);
  });

  it('are failed by a model that follows redirects', async () => {
    const failed = await failedChecks(
      {
        wire: acmeWire,
        connect: (baseURL, options) =>
          new ChatAcme({
            ...options,
            baseURL,
            fetch: (url, init) => fetch(url, { ...init, redirect: 'follow' }),
          }),
      },
      /^refuses/,
    );
    expect(failed).toEqual(['refuses a redirect before anything is sent again']);
  });
});
