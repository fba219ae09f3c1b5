import { ToolMessage } from '../../lib/messages/tool-message.js';

describe('ToolMessage', () => {
  it('answers a call with success, unless it says otherwise', () => {
    const answer = { content: '21 °C', tool_call_id: 'a' };
    expect(new ToolMessage(answer)).toMatchObject({ type: 'tool', ...answer, status: 'success' });
    expect(new ToolMessage({ ...answer, status: 'error' }).status).toBe('error');
  });

  it('has what was made beside the content, or no field for it', () => {
    const answer = { content: '21 °C', tool_call_id: 'a' };
    expect(new ToolMessage({ ...answer, artifact: null }).artifact).toBeNull();
    expect(Object.keys(new ToolMessage(answer))).not.toContain('artifact');
  });
});
