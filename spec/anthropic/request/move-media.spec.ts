import { moveMedia } from '../../../lib/anthropic/request/move-media';
import { coerceMessages } from '../../../lib/messages/coerce-messages';
import { readTurns } from '../../../lib/messages/history/read-turns';

const text = { type: 'text', text: 'a' };
const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBO' } };
const search = { type: 'search_result', source: 's', title: 't', content: [text] };
const result = { type: 'tool_result', tool_use_id: 't', content: 'r' };
const moved = (...messages: [role: string, ...content: object[]][]) =>
  moveMedia(
    readTurns(
      coerceMessages(messages.map(([role, ...content]) => ({ role, content })) as never),
      'anthropic',
    ),
  ).map(({ role, parts }) => [role, ...parts.map(({ type }) => type)]);

describe('moveMedia', () => {
  it('moves what another model has made to the user’s next turn, behind the results there', () => {
    expect(moved(['user', text], ['ai', text, image, search], ['user', result, text])).toEqual([
      ['user', 'text'],
      ['assistant', 'text'],
      ['user', 'result', 'media', 'other', 'text'],
    ]);
  });

  it('collects it over several answers', () => {
    expect(moved(['ai', image], ['ai', image], ['user', text])).toEqual([
      ['assistant'],
      ['assistant'],
      ['user', 'media', 'media', 'text'],
    ]);
  });

  it('adds a turn where the user has said nothing since', () => {
    expect(moved(['user', text], ['ai', image])).toEqual([
      ['user', 'text'],
      ['assistant'],
      ['user', 'media'],
    ]);
  });

  it('leaves the images of the user where they are', () => {
    expect(moved(['user', image, text], ['ai', text])).toEqual([
      ['user', 'media', 'text'],
      ['assistant', 'text'],
    ]);
  });
});
