import { AcmeDecoder, acmeWire, wrongAcme } from '../../support/acme-wire';
import { failedChecks } from '../../support/failed-checks';

describe('the checks of an ending', () => {
  it('are failed by a model that takes a cut for the end', async () => {
    class Credulous extends AcmeDecoder {
      override end(): boolean {
        return true;
      }
    }
    const connect = wrongAcme((context) => new Credulous(context));
    expect(await failedChecks({ wire: acmeWire, connect }, /^(fails|says|ignores)/)).toEqual([
      'fails as truncated wherever the stream is cut before it proves success',
    ]);
  });

  it('are failed by a model that ignores an error in the stream', async () => {
    class Deaf extends AcmeDecoder {
      override event(name: string, data: string): boolean {
        return name === 'error' || super.event(name, data);
      }
    }
    const connect = wrongAcme((context) => new Deaf(context));
    expect(await failedChecks({ wire: acmeWire, connect }, /^fails by an error/)).toHaveLength(1);
  });
});
