import { VirtualTimeScheduler } from 'rxjs';
import { memoryRunStore } from 'rxlm';
import { describeRunStore } from 'rxlm/testing';

describeRunStore(
  'memoryRunStore',
  () => {
    const scheduler = new VirtualTimeScheduler();
    const advance = (ms: number) => {
      scheduler.frame += ms;
    };
    return { store: memoryRunStore({ scheduler }), advance };
  },
  { describe, it },
);

describe('memoryRunStore', () => {
  const claim = { token: 't', leaseMs: 10, maxMs: 100, keepMs: 10 };
  const state = { after: 0, limit: 0, maxChars: 1 };

  it('refuses options that are none', () => {
    expect(() => memoryRunStore(null as never)).toThrow(
      new TypeError('options must be an object, got null'),
    );
  });

  it('forgets runs whose time is over when another one is claimed', () => {
    const scheduler = new VirtualTimeScheduler();
    const store = memoryRunStore({ scheduler });
    for (let at = 0; at < 50; at += 1) void store.claim(`run-${String(at)}`, claim);
    scheduler.frame = 101;
    void store.claim('last', claim);
    expect(store.list({ limit: 100 })).toMatchObject({ runs: [{ id: 'last' }] });
  });

  it('wakes the watchers of a run that it forgets', () => {
    const scheduler = new VirtualTimeScheduler();
    const store = memoryRunStore({ scheduler });
    void store.claim('run', claim);
    const wake = jest.fn();
    store.watch('run', wake);
    scheduler.frame = 101;
    expect(store.read('run', state)).toBeUndefined();
    expect(wake).toHaveBeenCalledTimes(1);
  });

  it('keeps meta as JSON does, apart from the caller’s object', () => {
    const store = memoryRunStore();
    const meta = { at: new Date(0), inner: { n: 1 } };
    void store.claim('run', { ...claim, maxMs: 1e6, meta });
    meta.inner.n = 2;
    expect(store.read('run', state)).toMatchObject({
      meta: { at: '1970-01-01T00:00:00.000Z', inner: { n: 1 } },
    });
  });
});
