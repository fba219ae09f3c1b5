import { ClientGate } from '../../../lib/core/demand/client-gate.js';

describe('ClientGate', () => {
  it('[19] calls back once when it is opened, unless that was taken back', () => {
    const gate = new ClientGate(() => undefined);
    const opened = jest.fn();
    const takenBack = jest.fn();
    gate.onOpen(opened);
    gate.onOpen(takenBack)();
    gate.heed();
    gate.open();
    gate.open();
    expect([gate.heeded, opened.mock.calls.length, takenBack.mock.calls.length]).toEqual([
      true,
      1,
      0,
    ]);
  });
});
