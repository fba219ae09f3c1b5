import { z } from 'zod';
import { ANSWER_TOOL, isAnswer } from '../../../lib/messages/internal/answer-message';
import { answerTool } from '../../../lib/runnables/agent/answer-tool';

describe('answerTool', () => {
  const tool = answerTool(z.object({ city: z.string().trim() }));
  const call = (args: Record<string, unknown>) =>
    tool.invoke({ type: 'tool_call', id: 'a', name: ANSWER_TOOL, args });

  it('has the validated answer for artifact', async () => {
    const message = await call({ city: ' Graz ' });
    expect(message).toMatchObject({ tool_call_id: 'a', artifact: { city: 'Graz' } });
    expect(isAnswer(message)).toBe(true);
  });

  it('says what is wrong with another', async () => {
    const message = await call({});
    expect(message).toMatchObject({ status: 'error' });
    expect(isAnswer(message)).toBe(false);
    expect(message.content).toContain('city');
    expect(message).not.toHaveProperty('artifact');
  });
});
