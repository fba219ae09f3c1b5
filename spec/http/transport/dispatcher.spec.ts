import { spawnSync } from 'node:child_process';
import { runInThisContext } from 'node:vm';
import { platformDispatcher } from '../../../lib/http/transport/dispatcher';

const KEY = Symbol.for('undici.globalDispatcher.1');

describe('platformDispatcher', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('is that of Node, which `fetch` uses, also in a context of its own', () => {
    const main = runInThisContext('globalThis') as Record<symbol, unknown>;
    expect(main).not.toBe(globalThis);
    expect(platformDispatcher()).toBeDefined();
    expect(platformDispatcher()).toBe(main[KEY]);
  });

  it('is the one that was set, from every constructor', () => {
    const set = { dispatch: () => true };
    const before = Object.getOwnPropertyDescriptor(globalThis, KEY);
    Object.defineProperty(globalThis, KEY, { value: set, configurable: true, writable: true });
    try {
      expect(platformDispatcher()).toBe(set);
    } finally {
      Object.defineProperty(globalThis, KEY, before ?? { value: undefined, configurable: true });
    }
  });

  it('is none where another function stands in the place of `fetch`', () => {
    jest.spyOn(globalThis, 'fetch');
    expect(platformDispatcher()).toBeUndefined();
  });

  it.each(['fetch', 'Headers'])('is none where there is no `%s`', (name) => {
    const before = Object.getOwnPropertyDescriptor(globalThis, name) as PropertyDescriptor;
    Object.defineProperty(globalThis, name, { value: undefined, configurable: true });
    try {
      expect(platformDispatcher()).toBeUndefined();
    } finally {
      Object.defineProperty(globalThis, name, before);
    }
  });

  it('is made by a process that has not used `fetch` yet', () => {
    const script = `
      const { platformDispatcher } = require('./lib/http/transport/dispatcher.ts');
      console.log(typeof platformDispatcher()?.dispatch);
    `;
    const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', '-e', script], {
      encoding: 'utf8',
    });
    expect(stdout.trim()).toBe('function');
  });
});
