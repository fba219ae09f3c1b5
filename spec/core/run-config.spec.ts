import { asyncScheduler } from 'rxjs';
import { lambda, type RunConfig } from 'rxlm';
import { checkConfig } from '../../lib/core/run-config.js';

describe('checkConfig', () => {
  it('takes what a config may say', () => {
    expect(() => {
      checkConfig({
        tags: [],
        metadata: {},
        runName: '',
        runId: 'r',
        signal: AbortSignal.abort(),
        timeout: Infinity,
        maxConcurrency: 1,
        listeners: [() => {}],
        onError: () => {},
        newId: () => '',
        scheduler: asyncScheduler,
      });
      checkConfig({ tags: undefined, signal: undefined, timeout: undefined });
    }).not.toThrow();
  });

  it.each<[string, unknown, string]>([
    ['timeout', 0, '0'],
    ['timeout', -1, '-1'],
    ['timeout', NaN, 'NaN'],
    ['timeout', '5', '"5"'],
    ['maxConcurrency', 0, '0'],
    ['runName', 7, '7'],
    ['runId', '', '""'],
    ['tags', 'nightly', '"nightly"'],
    ['tags', [1], 'an array of 1'],
    ['metadata', null, 'null'],
    ['listeners', () => 1, 'function (anonymous)'],
    ['listeners', ['f'], 'an array of 1'],
    ['onError', 'log', '"log"'],
    ['signal', new AbortController(), 'a AbortController'],
    ['newId', 'id', '"id"'],
    ['scheduler', {}, 'an object'],
  ])('throws a TypeError that names config.%s and its value %p', (name, value, shown) => {
    const check = () => {
      checkConfig({ [name]: value });
    };
    expect(check).toThrow(TypeError);
    expect(check).toThrow(
      new RegExp(
        `^config\\.${name} must be .+, got ${shown.replace('()', '')}`.replace(/[()]/g, '.'),
      ),
    );
  });

  it.each([null, 7, 'config'])('throws a TypeError for %p as a config', (config) => {
    const run = lambda(() => 1);
    const wrong = config as unknown as RunConfig;
    for (const view of ['stream$', 'events$', 'stream', 'streamEvents'] as const)
      expect(() => run[view]('q', wrong)).toThrow(TypeError);
    expect(() => run.batch$(['q'], wrong)).toThrow(TypeError);
  });
});
