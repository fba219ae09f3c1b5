import { ToolMessage } from 'rxlm';
import { answerMessage, isAnswer } from '../../../lib/messages/internal/answer-message';

describe('isAnswer', () => {
  it('is what gives an answer, through JSON, too', () => {
    const message = answerMessage({ n: 1 });
    expect(isAnswer(message)).toBe(true);
    expect(isAnswer(new ToolMessage(JSON.parse(JSON.stringify(message)) as ToolMessage))).toBe(
      true,
    );
  });

  it.each([{ name: 'other' }, { status: 'error' as const }, { additional_kwargs: {} }])(
    'is none with %j',
    (more) => {
      expect(isAnswer(new ToolMessage({ ...answerMessage(1), ...more }))).toBe(false);
    },
  );
});
