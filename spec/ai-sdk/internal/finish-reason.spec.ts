import { readFinish } from '../../../lib/ai-sdk/internal/finish-reason';

describe('readFinish', () => {
  it.each<[unknown, string | undefined, boolean]>([
    ['stop', 'stop', true],
    ['content-filter', 'content_filter', true],
    ['other', undefined, true],
    ['unknown', undefined, false],
    [{ unified: 'stop', raw: 'end_turn' }, 'stop', true],
    [{ unified: 'stop' }, 'stop', true],
    [{ unified: 'stop', raw: 'pause_turn' }, 'pause', true],
    [{ unified: 'tool-calls', raw: 'tool_use' }, 'tool_call', true],
    [{ unified: 'other', raw: 'a_new_word' }, undefined, true],
    [{ unified: 'other' }, undefined, false],
    [{ unified: 'interrupted', raw: 'x' }, undefined, false],
    [{ unified: 'error' }, 'error', true],
    [undefined, undefined, false],
  ])('of %j is %s, with a reason: %s', (given, reason, isProven) => {
    expect(readFinish(given)).toMatchObject({ reason, isProven });
  });
});
