import { SystemMessage } from '../../lib/messages/system-message.js';

describe('SystemMessage', () => {
  it('is of type system', () => {
    expect(new SystemMessage('Be terse.')).toMatchObject({ type: 'system', text: 'Be terse.' });
  });
});
