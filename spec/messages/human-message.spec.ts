import { HumanMessage } from '../../lib/messages/human-message.js';

describe('HumanMessage', () => {
  it('is of type human, with text or with blocks', () => {
    const blocks = [
      { type: 'text', text: 'What is this?' },
      { type: 'image', url: 'x:y' },
    ];
    expect(new HumanMessage('Hi')).toMatchObject({ type: 'human', content: 'Hi', text: 'Hi' });
    expect(new HumanMessage({ content: blocks })).toMatchObject({
      type: 'human',
      content: blocks,
      text: 'What is this?',
    });
  });
});
