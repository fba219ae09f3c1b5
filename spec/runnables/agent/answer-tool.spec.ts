import { z } from 'zod';
import { ANSWER_TOOL, answerTool } from '../../../lib/runnables/agent/answer-tool';

describe('answerTool', () => {
  const tool = answerTool(z.object({ city: z.string().trim() }));
  const call = (args: Record<string, unknown>) =>
    tool.invoke({ type: 'tool_call', id: 'a', name: ANSWER_TOOL, args });

  it('has the validated answer for artifact', async () => {
    expect(await call({ city: ' Graz ' })).toMatchObject({
      name: ANSWER_TOOL,
      status: 'success',
      artifact: { city: 'Graz' },
    });
  });

  it('says what is wrong with another', async () => {
    const message = await call({});
    expect(message).toMatchObject({ status: 'error' });
    expect(message.content).toContain('city');
    expect(message).not.toHaveProperty('artifact');
  });
});
