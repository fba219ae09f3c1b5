import { chatIdIn, readTurn, threadOf } from '../../../lib/sse/ui/chat-turn.js';

describe('readTurn', () => {
  const user = { id: 'm', role: 'user', parts: [] };
  const assistant = { id: 'a', role: 'assistant', parts: [] };

  it('says which answer a turn goes on with, where it does', async () => {
    expect(await readTurn({ id: 'c', messages: [user] }, undefined)).toMatchObject({
      answerId: undefined,
      isAnotherAnswer: false,
    });
    const { answerId } = await readTurn({ id: 'c', messages: [user, assistant] }, undefined);
    expect(answerId).toBe('a');
    const said = { ...assistant, parts: [{ type: 'step-start' }] };
    expect((await readTurn({ id: 'c', messages: [said] }, undefined)).parts).toBe(said.parts);
    const asked = { ...user, parts: [{ type: 'text', text: 'x' }] };
    expect((await readTurn({ id: 'c', messages: [asked] }, undefined)).parts).toEqual([]);
    const long = { ...assistant, id: 'x'.repeat(257) };
    expect((await readTurn({ id: 'c', messages: [long] }, undefined)).answerId).toBeUndefined();
  });

  it('has one thread for all turns of a chat, and a key for each', async () => {
    const one = await readTurn({ id: 'c', messages: [user] }, 'o');
    const two = await readTurn({ id: 'c', messages: [user, assistant, { ...user, id: 'n' }] }, 'o');
    expect(one.thread).toBe(await threadOf('o', 'c'));
    expect([two.thread === one.thread, two.key === one.key]).toEqual([true, false]);
    expect(await threadOf('o', 'c')).not.toBe(await threadOf(undefined, 'c'));
  });
});

describe('chatIdIn', () => {
  it('is the id as it was before the client coded it', () => {
    expect(chatIdIn('/api/chat/a%2Fb%20ü/stream?x=1')).toBe('a/b ü');
    expect(chatIdIn('https://host/stream/stream/')).toBe('stream');
  });

  it.each([
    ['//[/chat/a/stream', 400],
    ['/chat//stream', 404],
    ['/chat/%E0%A4%A/stream', 404],
    [`/chat/${'a'.repeat(257)}/stream`, 404],
  ])('refuses %s', (url, status) => {
    expect(() => chatIdIn(url)).toThrow(expect.objectContaining({ status }));
  });
});
