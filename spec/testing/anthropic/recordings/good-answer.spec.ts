import { GOOD, goodStart } from '../../../../lib/testing/anthropic/recordings/good-answer.js';

describe('GOOD', () => {
  it('has ten events and a ping, at the indexes that its doc reports', () => {
    expect(
      GOOD.map((event) => (event['delta'] as { text?: string } | undefined)?.text ?? event.type),
    ).toEqual([
      'message_start',
      'content_block_start',
      'Hel',
      'lo',
      'ping',
      ' wörld ',
      '🌍👩‍🚀',
      '!',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
  });

  it('has its usage at the start and at the end', () => {
    expect(GOOD[0]).toMatchObject({ message: { usage: { input_tokens: 3, output_tokens: 1 } } });
    expect(GOOD[9]).toMatchObject({ usage: { output_tokens: 7 } });
  });
});

it('goodStart differs by the id alone', () => {
  expect(goodStart()).toEqual(GOOD[0]);
  expect(goodStart('msg_x')).toEqual({
    type: 'message_start',
    message: { ...(GOOD[0]!['message'] as object), id: 'msg_x' },
  });
});
