import { AIMessage } from '../../../lib/messages/ai-message.js';
import { AIMessageChunk } from '../../../lib/messages/ai-message-chunk.js';
import { HumanMessage } from '../../../lib/messages/human-message.js';
import { SystemMessage } from '../../../lib/messages/system-message.js';
import { ToolMessage } from '../../../lib/messages/tool-message.js';
import { revive } from '../../../lib/sse/client/revive.js';

const throughJson = (value: unknown): unknown => revive(JSON.parse(JSON.stringify(value)));

describe('revive', () => {
  it('makes messages of their JSON, wherever they stand', () => {
    const value = {
      chunk: new AIMessageChunk({ id: 'run-1', content: 'a', usage_metadata: { input_tokens: 1 } }),
      messages: [
        [new HumanMessage('b'), new SystemMessage('c')],
        new ToolMessage({ content: 'd', tool_call_id: '1', status: 'error' }),
      ],
      output: { deep: { output: new AIMessage('e') } },
    };
    expect(throughJson(value)).toStrictEqual(value);
  });

  it.each([null, 5, 'text', { type: 'ai' }, [{ type: 'text', text: 'a' }]])(
    'leaves %j as it is',
    (value) => {
      expect(throughJson(value)).toEqual(value);
    },
  );

  it('[17] takes __proto__ for data, and what is too deep for what it is', () => {
    const json = '{"__proto__":{"polluted":true},"a":{"__proto__":null}}';
    const value = revive(JSON.parse(json)) as object;
    expect(JSON.stringify(value)).toBe(json);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(revive(JSON.parse('['.repeat(5000) + ']'.repeat(5000)))).toBeDefined();
  });
});
