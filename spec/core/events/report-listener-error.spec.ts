import type { RunEvent } from 'rxlm';
import {
  type ListenerErrorHandler,
  reportListenerError,
} from '../../../lib/core/events/report-listener-error.js';
import { emittedWarnings } from '../../support/emitted-warnings.js';
import { turn, unhandledErrors } from '../../support/unhandled-errors.js';

const context = { event: { event: 'on_chain_start' } as RunEvent, listener: () => undefined };

/** What the platform and RxJS hear of when `error` is reported. */
async function reported(error: unknown, onError?: ListenerErrorHandler) {
  const warnings = emittedWarnings();
  const unhandled = await unhandledErrors(async () => {
    reportListenerError(error, context, onError);
    await turn();
  });
  expect(unhandled).toEqual([]);
  return warnings();
}

describe('reportListenerError', () => {
  it('gives the error and where it happened to the handler, and nothing to the platform', async () => {
    const onError = jest.fn();
    const error = new Error('broken');
    expect(await reported(error, onError)).toEqual([]);
    expect(onError.mock.calls).toEqual([[error, context]]);
  });

  it('warns without a handler, with the error as the cause and its stack as the detail', async () => {
    const error = new RangeError('broken');
    const [warning, ...others] = await reported(error);
    expect(others).toEqual([]);
    expect(warning).toMatchObject({
      name: 'RunListenerWarning',
      code: 'RXLM_LISTENER',
      message: 'A listener of run events threw: broken. Give config.onError to handle it yourself.',
      detail: error.stack,
      cause: error,
    });
  });

  it.each<[string, unknown]>([
    ['a string', 'broken'],
    ['undefined', undefined],
    ['null', null],
    [
      'an object that throws when it is read',
      new Proxy(
        {},
        {
          get() {
            throw new Error('not to be read');
          },
        },
      ),
    ],
  ])('warns of %s, too', async (_, thrown) => {
    expect(await reported(thrown)).toHaveLength(1);
  });

  it.each<[string, ListenerErrorHandler]>([
    [
      'throws',
      () => {
        throw new Error('worse');
      },
    ],
    ['rejects', () => Promise.reject(new Error('worse'))],
  ])('warns of a handler that %s', async (_, onError) => {
    const warnings = await reported(new Error('broken'), onError);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({
      message: expect.stringMatching(/^config\.onError threw: worse\./),
    });
  });

  it('calls reportError where the platform cannot emit warnings', () => {
    const platform = globalThis as { process?: unknown; reportError?: unknown };
    const { process, reportError } = platform;
    const error = new Error('broken');
    const heard: unknown[] = [];
    platform.reportError = (each: unknown) => heard.push(each);
    platform.process = undefined;
    try {
      reportListenerError(error, context, undefined);
    } finally {
      Object.assign(platform, { process, reportError });
    }
    expect(heard).toEqual([error]);
  });
});
