import { FakeChatModel } from 'rxlm/testing';
import { acmeWire, ChatAcme } from '../../support/acme-wire';
import { failedChecks } from '../../support/failed-checks';

describe('the checks of a run', () => {
  it('are failed by a model whose connection stays open', async () => {
    const failed = await failedChecks(
      {
        wire: acmeWire,
        connect: (baseURL, options) =>
          new ChatAcme({
            ...options,
            baseURL,
            fetch: (url, { signal: _signal, ...init }) => fetch(url, init),
          }),
      },
      /^closes its connection when it is unsubscribed (inside|while)/,
    );
    expect(failed).toEqual([
      'closes its connection when it is unsubscribed while the server is silent',
      'closes its connection when it is unsubscribed inside next',
    ]);
  });

  it('are failed by a model that sends a request more', async () => {
    const failed = await failedChecks(
      {
        wire: acmeWire,
        connect: (baseURL, options) =>
          new ChatAcme({
            ...options,
            baseURL,
            fetch: async (url, init) => {
              await fetch(url, init);
              return fetch(url, init);
            },
          }),
      },
      /^sends nothing before/,
    );
    expect(failed).toHaveLength(1);
  });

  it('are failed by a model that takes an error for the end', async () => {
    const failed = await failedChecks(
      { model: ({ text = [] }) => new FakeChatModel([text]) },
      /^(reports exactly|gives every value before|is not changed)/,
    );
    expect(failed).toEqual([
      'reports exactly one ending for each start, however the run ends',
      'gives every value before an error, which has the message so far',
    ]);
  });
});
