import { refusal } from '../../../lib/messages/history/refusal';

describe('refusal', () => {
  it('says where, what and what to do', () => {
    const error = refusal('messages[0]', 'it is empty', 'Leave it out');
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toBe('messages[0]: it is empty. Leave it out.');
  });
});
