import { reportUnhandled } from '../../../lib/core/run/report-unhandled.js';
import { unhandledErrors } from '../../support/unhandled-errors.js';

describe('reportUnhandled', () => {
  it.each([new Error('broken'), 'a text', undefined])(
    '[6] reports %p where RxJS reports its own, once',
    async (error) => {
      const errors = await unhandledErrors(() => {
        reportUnhandled(error);
      });
      expect(errors).toEqual([error]);
    },
  );
});
