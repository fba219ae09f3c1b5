import { coerceMessages } from '../../../lib/messages/coerce-messages';
import { dropEmpty } from '../../../lib/messages/history/drop-empty';
import { readTurns } from '../../../lib/messages/history/read-turns';

const texts = (...given: string[]) => {
  const content = given.map((text) => ({ type: 'text', text }));
  const [turn] = dropEmpty(readTurns(coerceMessages([{ role: 'user', content }]), 'any'));
  return turn!.parts.map((part) => part.type === 'text' && part.text);
};

describe('dropEmpty', () => {
  it('drops empty texts, and whitespace where nothing else is said', () => {
    expect(texts('', 'a', ' ', 'b')).toEqual(['a', ' ', 'b']);
    expect(texts('', ' \n')).toEqual([]);
  });

  it('drops them in results and text files, too', () => {
    const content = [
      { type: 'file', text: ' ', mimeType: 'text/plain' },
      { type: 'tool_result', tool_use_id: 'a', content: ' ' },
    ];
    const [turn] = dropEmpty(readTurns(coerceMessages([{ role: 'user', content }]), 'any'));
    expect(turn!.parts).toMatchObject([{ type: 'result', content: [] }]);
  });
});
