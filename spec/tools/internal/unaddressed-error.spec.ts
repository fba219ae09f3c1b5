import { ToolMessage } from 'rxlm';
import { unaddressedIn, withUnaddressed } from '../../../lib/tools/internal/unaddressed-error';

it('keeps an error beside a message, and out of what is made of it', () => {
  const plain = new ToolMessage({ content: 'x failed.', tool_call_id: '1' });
  const message = withUnaddressed(new ToolMessage(plain), new Error('secret'));
  expect(unaddressedIn(message)).toEqual({ error: new Error('secret') });
  expect(JSON.stringify(message)).toBe(JSON.stringify(plain));
  expect(unaddressedIn({ ...message })).toBeUndefined();
  expect(unaddressedIn(plain)).toBeUndefined();
  expect(unaddressedIn(undefined)).toBeUndefined();
});
