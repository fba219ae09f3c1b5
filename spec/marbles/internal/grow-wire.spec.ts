import { toDiagram } from '../../../lib/marbles/to-diagram';
import { eventAt } from '../../support/timed-events';

const wire = (at: number, data: unknown) =>
  eventAt(at, 'on_custom_event', { name: 'wire', run_id: 'w', parent_ids: ['r'], data });

describe('growWire', () => {
  it('draws the request, the bytes and the close of a connection under its run', () => {
    const { lanes, firstByteAt } = toDiagram([
      eventAt(0, 'on_chat_model_start'),
      wire(1, { phase: 'request' }),
      wire(5, { phase: 'bytes', bytes: 10 }),
      wire(9, { phase: 'close', by: 'client', note: '7 tokens not generated' }),
    ]);
    expect(firstByteAt).toBe(5);
    expect(lanes[1]).toMatchObject({
      type: 'wire',
      depth: 1,
      ending: 'unsubscribed',
      endedAt: 9,
      note: '7 tokens not generated',
      marks: [{ kind: 'start' }, { kind: 'bytes', size: 10, at: 5, event: 2 }],
    });
  });

  it('is complete where the server closed, and ignores what it does not know', () => {
    const events = [wire(0, { phase: 'bytes', bytes: 1 }), wire(1, { phase: 'request' })];
    expect(
      toDiagram([...events, wire(2, { phase: 'bytes', bytes: 'x' })]).lanes[0]!.marks,
    ).toHaveLength(1);
    expect(toDiagram([...events, wire(2, { phase: 'close', by: 'server' })]).lanes[0]!.ending).toBe(
      'complete',
    );
  });
});
