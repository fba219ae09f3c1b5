import { BaseGate } from '../../../lib/core/demand/base-gate.js';

class Door extends BaseGate {
  override closed = true;

  open(): void {
    this.closed = false;
    this.openGate();
  }

  forget(): void {
    this.forgetWaiting();
  }
}

describe('a gate', () => {
  it('calls back each source that waits, once', () => {
    const door = new Door();
    const calls: string[] = [];
    door.onOpen(() => calls.push('a'));
    const cancel = door.onOpen(() => calls.push('b'));
    door.onOpen(() => calls.push('c'));
    cancel();
    door.open();
    door.open();
    expect(calls).toEqual(['a', 'c']);
  });

  it('calls back at the next opening what begins to wait within a callback', () => {
    const door = new Door();
    let calls = 0;
    door.onOpen(() => door.onOpen(() => (calls += 1)));
    door.open();
    expect(calls).toBe(0);
    door.open();
    expect(calls).toBe(1);
  });

  it('knows whether a source respects it, and forgets those that wait', () => {
    const door = new Door();
    expect(door.heeded).toBe(false);
    door.heed();
    expect(door.heeded).toBe(true);
    let calls = 0;
    door.onOpen(() => (calls += 1));
    door.forget();
    door.open();
    expect(calls).toBe(0);
  });
});
