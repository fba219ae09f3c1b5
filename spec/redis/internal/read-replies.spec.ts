import {
  readAppendReply,
  readClaimReply,
  readPage,
} from '../../../lib/redis/internal/read-replies';

describe('the replies of scripts', () => {
  it.each([
    [[1, '1700000000000000'], { ok: true, epoch: 1_700_000_000_000_000 }],
    [['1', '2'], { ok: true, epoch: 2 }],
    [[0, '2'], { ok: false, why: 'exists' }],
  ])('of a claim: %j', (reply, expected) => {
    expect(readClaimReply(reply)).toEqual(expected);
  });

  it.each([
    [['ok', 4, 1, -1], { ok: true, last: 4, cancelRequested: true }],
    [['ok', '0', '0', '12'], { ok: true, last: 0, cancelRequested: false, unwatchedMs: 12 }],
    [['fenced'], { ok: false, why: 'fenced' }],
    [['lost'], { ok: false, why: 'lost' }],
  ])('of an append: %j', (reply, expected) => {
    expect(readAppendReply(reply)).toEqual(expected);
  });

  it('of a page, with what it has and without what it has not', () => {
    expect(readPage(null, 'k')).toBeUndefined();
    const info = ['5', 3, 0, 1, 1, '{"state":"end"}', '{"a":1}'];
    expect(readPage([...info, 2, 'short', 2, ['c']], 'k')).toEqual({
      epoch: 5,
      last: 3,
      leaseLeftMs: 0,
      cancelRequested: true,
      countsViewers: true,
      ending: { state: 'end' },
      meta: { a: 1 },
      snapshot: { seq: 2, data: 'short' },
      entries: [{ seq: 3, data: 'c' }],
    });
    expect(readPage(['5', 0, 9, 0, 0, '', '', 0, '', 0, []], 'k')).toEqual({
      epoch: 5,
      last: 0,
      leaseLeftMs: 9,
      cancelRequested: false,
      countsViewers: false,
      entries: [],
    });
  });

  it.each([
    '{oops',
    'null',
    '[]',
    '5',
    '"end"',
    '{}',
    '{"state":"__proto__"}',
    '{"state":"end\\nb"}',
  ])('of a page with the ending %s, which no run has', (ending) => {
    expect(() => readPage(['5', 0, 9, 0, 0, ending, '', 0, '', 0, []], 'rxlm:run:{a}')).toThrow(
      expect.objectContaining({
        code: 'store_conflict',
        message: expect.stringContaining('rxlm:run:{a}') as string,
      }),
    );
  });

  it.each(['{oops', 'null', '[1]', '5'])('of a page with the meta %s, which no run has', (meta) => {
    expect(() => readPage(['5', 0, 9, 0, 0, '', meta, 0, '', 0, []], 'k')).toThrow(
      expect.objectContaining({ code: 'store_conflict' }),
    );
  });

  it('keeps names of prototypes in a meta as data', () => {
    const page = readPage(['5', 0, 9, 0, 0, '', '{"__proto__":{"owner":"a"}}', 0, '', 0, []], 'k');
    expect(page?.meta?.['owner']).toBeUndefined();
    expect(Object.keys(page?.meta ?? {})).toEqual(['__proto__']);
  });
});
