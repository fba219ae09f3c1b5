import { ClientGate } from '../../../lib/core/demand/client-gate.js';
import { opened } from '../../../lib/operators/internal/when-gate-open.js';

describe('opened', () => {
  it('emits at once where there is no gate or an open one, else when it opens', () => {
    const gate = new ClientGate(() => undefined);
    const seen: string[] = [];
    opened(undefined).subscribe(() => seen.push('none'));
    opened(gate).subscribe(() => seen.push('open'));
    gate.closed = true;
    opened(gate).subscribe(() => seen.push('later'));
    opened(gate)
      .subscribe(() => seen.push('never'))
      .unsubscribe();
    expect(seen).toEqual(['none', 'open']);
    gate.closed = false;
    gate.open();
    expect(seen).toEqual(['none', 'open', 'later']);
  });
});
