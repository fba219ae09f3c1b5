import { KNOWN_EVENTS, type WireEvent } from '../../../lib/anthropic/stream/wire';

describe('KNOWN_EVENTS', () => {
  it('are those that have a type', () => {
    const types: Record<WireEvent['type'], true> = {
      message_start: true,
      content_block_start: true,
      content_block_delta: true,
      content_block_stop: true,
      message_delta: true,
      message_stop: true,
      ping: true,
      error: true,
    };
    expect([...KNOWN_EVENTS].sort()).toEqual(Object.keys(types).sort());
  });
});
