import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { isFetchUntouched } from '../../../lib/http/transport/is-fetch-untouched';

/** As undici has it, in all versions from 5 on. */
class DispatcherBase {
  dispatch(): boolean {
    return true;
  }
}
function defaultFactory(): void {
  // Makes the pool for an origin.
}
class Agent extends DispatcherBase {
  constructor(options: object = {}, factory: () => void = defaultFactory) {
    super();
    Object.assign(this, { [Symbol('options')]: options, [Symbol('factory')]: factory });
  }
}
const patched = class Agent extends DispatcherBase {
  override dispatch(): boolean {
    return false;
  }
};
class ProxyAgent extends Agent {}
const named = (agent: typeof Agent) => ({ Agent: class Agent extends agent {} }).Agent;
class Dispatcher1Wrapper {}
/** As undici 7 does it. */
const intercepted = new Proxy(new Agent(), {
  get: (target, key): unknown =>
    key === 'dispatch' ? () => true : (target as unknown as Record<PropertyKey, unknown>)[key],
});

describe('isFetchUntouched', () => {
  const SYMBOLS = [1, 2].map((version) => Symbol.for(`undici.globalDispatcher.${version}`));
  afterEach(() => {
    jest.restoreAllMocks();
    for (const key of SYMBOLS) Reflect.deleteProperty(globalThis, key);
  });
  const set = (at: number, value: object) =>
    Object.defineProperty(globalThis, SYMBOLS[at]!, { value, configurable: true });

  it.each([
    ['of Node 20', [new Agent({ connect: undefined, interceptors: undefined })]],
    ['of Node 24', [new Agent({ maxOrigins: Infinity }), new Agent({ maxOrigins: Infinity })]],
    ['of Node 26', [new Dispatcher1Wrapper(), new Agent({ connect: undefined })]],
  ])('holds with the dispatchers %s', (_, dispatchers) => {
    dispatchers.forEach((dispatcher, at) => set(at, dispatcher));
    expect(isFetchUntouched()).toBe(true);
  });

  it.each([
    ['with options', new Agent({ connect: { ca: 'mine' } })],
    ['with a factory', new Agent({}, () => undefined)],
    ['of another class', new ProxyAgent()],
    ['of a class of the same name', new (named(Agent))()],
    ['whose class was patched', new patched()],
    ['with interceptors', intercepted],
    ['of another make', new (class Agent {})()],
    ['that is none', {}],
    ['without a class', Object.create(null) as object],
  ])('does not hold with one %s, be it for older or for newer copies', (_, dispatcher) => {
    for (const at of [0, 1]) {
      set(at, dispatcher);
      expect(isFetchUntouched()).toBe(false);
      Reflect.deleteProperty(globalThis, SYMBOLS[at]!);
    }
    expect(isFetchUntouched()).toBe(true);
  });

  it('does not hold with another `fetch`', () => {
    jest.spyOn(globalThis, 'fetch');
    expect(isFetchUntouched()).toBe(false);
  });

  it('holds on this Node, as it is, before `fetch` is used and after', () => {
    // In a process of its own: the globals of a spec are not all of Node's.
    const script = `
      const { isFetchUntouched } = require('./lib/http/transport/is-fetch-untouched.ts');
      const before = isFetchUntouched();
      fetch('http://127.0.0.1:1').catch(() => console.log(before, isFetchUntouched()));
    `;
    const out = execFileSync(process.execPath, ['--import', 'tsx', '--eval', script], {
      cwd: join(__dirname, '../../..'),
      encoding: 'utf8',
    });
    expect(out.trim()).toBe('true true');
  });
});
