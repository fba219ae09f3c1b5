import type { AnyMessage, ModelCallOptions } from 'rxlm';
import { acmeWire, ChatAcme } from '../../support/acme-wire';
import { failedChecks } from '../../support/failed-checks';

describe('the checks of a history', () => {
  it('are failed by a model that forgets its own answers', async () => {
    class Forgetful extends ChatAcme {
      protected override toRequest(messages: readonly AnyMessage[], options: ModelCallOptions) {
        return super.toRequest(
          messages.filter(({ type }) => type !== 'ai'),
          options,
        );
      }
    }
    const connect = (baseURL: string, options: ConstructorParameters<typeof ChatAcme>[0]) =>
      new Forgetful({ ...options, baseURL });
    expect(
      await failedChecks(
        { wire: acmeWire, connect: (url, options) => connect(url, { ...options, baseURL: url }) },
        /^sends back/,
      ),
    ).toHaveLength(2);
  });
});
