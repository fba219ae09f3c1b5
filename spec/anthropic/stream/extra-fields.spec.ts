import { extraFields } from '../../../lib/anthropic/stream/extra-fields';

describe('extraFields', () => {
  it('are those beside the known ones of each event', () => {
    const edits = { applied_edits: [] };
    expect(
      extraFields({ type: 'message_delta', delta: {}, context_management: edits } as never),
    ).toEqual({
      context_management: edits,
    });
    expect(extraFields({ type: 'content_block_stop', index: 0, took_ms: 5 } as never)).toEqual({
      took_ms: 5,
    });
  });

  it('are none where there are none, or nothing but null', () => {
    expect(extraFields({ type: 'message_delta', delta: {}, usage: {} })).toBeUndefined();
    expect(
      extraFields({ type: 'content_block_stop', index: 0, later: null } as never),
    ).toBeUndefined();
    expect(extraFields({ type: 'message_stop' })).toBeUndefined();
  });
});
