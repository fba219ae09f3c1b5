import type { MessageContent } from '../../../lib/messages/content.js';
import { UIContent } from '../../../lib/sse/ui/ui-content.js';

/** What is reported of contents that come one after the other, and of the end. */
const recorded = (...contents: MessageContent[]) => {
  const content = new UIContent();
  return [...contents.flatMap((each) => [...content.add(each)]), ...content.endTurn()].map(
    ({ type, ...more }) =>
      [type, ...Object.values(more)]
        .map((each: unknown) => (typeof each === 'string' ? each : JSON.stringify(each)))
        .join(' '),
  );
};

describe('UIContent', () => {
  it('reports a text from its first piece to its end', () => {
    expect(recorded('', 'gold', '', 'fish')).toEqual([
      'text-start text-1',
      'text-delta text-1 gold',
      'text-delta text-1 fish',
      'text-end text-1',
    ]);
    expect(recorded('', [])).toEqual([]);
  });

  it('ends reasoning where the text begins', () => {
    expect(
      recorded(
        [{ index: 0, type: 'thinking', thinking: '' }],
        [{ index: 0, type: 'thinking', thinking: 'hm' }],
        [{ index: 0, type: 'thinking', signature: 'x' }],
        [{ index: 1, type: 'text', text: 'gold' }],
      ),
    ).toEqual([
      'reasoning-start reasoning-1',
      'reasoning-delta reasoning-1 hm',
      'reasoning-end reasoning-1 {"anthropic":{"signature":"x"},"rxlm":{"unproven":true}}',
      'text-start text-2',
      'text-delta text-2 gold',
      'text-end text-2',
    ]);
  });

  it('reports what the provider wants back, also of reasoning that is not shown', () => {
    expect(
      recorded(
        [{ index: 0, type: 'thinking', thinking: '' }],
        [{ index: 0, type: 'thinking', signature: 'x' }],
        [{ index: 1, type: 'redacted_thinking', data: 'y' }],
      ),
    ).toEqual([
      'reasoning-start reasoning-1',
      'reasoning-end reasoning-1 {"anthropic":{"signature":"x"},"rxlm":{"unproven":true}}',
      'reasoning-start reasoning-2',
      'reasoning-end reasoning-2 {"anthropic":{"redactedData":"y"},"rxlm":{"unproven":true}}',
    ]);
  });

  it('goes on with a text whose pieces were strings at first, and ends it where a tool is called', () => {
    expect(
      recorded(
        'gold',
        [{ index: 0, type: 'text', text: 'fish' }],
        [{ index: 1, type: 'tool_use' }],
        [{ index: 2, type: 'text', text: '!' }],
      ),
    ).toEqual([
      'text-start text-1',
      'text-delta text-1 gold',
      'text-delta text-1 fish',
      'text-end text-1',
      'text-start text-2',
      'text-delta text-2 !',
      'text-end text-2',
    ]);
  });

  it('begins a part anew where blocks take turns: parts are never mixed', () => {
    const piece = (index: number, text: string) => [{ index, type: 'text', text }];
    expect(
      recorded(piece(0, 'A'), piece(1, 'B'), piece(0, 'a')).filter((each) => /delta/.test(each)),
    ).toEqual(['text-delta text-1 A', 'text-delta text-2 B', 'text-delta text-3 a']);
  });

  it('reports each source once, and files', () => {
    const citations = [{ url: 'https://a.test/', title: 'A' }];
    expect(
      recorded(
        [{ index: 0, type: 'text', text: 'gold', citations }],
        [{ index: 0, type: 'text', citations }],
        [{ type: 'image', source: { media_type: 'image/png', data: 'AA' } }],
      ),
    ).toEqual([
      'text-start text-1',
      'text-delta text-1 gold',
      'source-url https://a.test/ A source-1',
      `text-end text-1 ${JSON.stringify({ rxlm: { rest: { citations: [...citations, ...citations] }, unproven: true } })}`,
      'file data:image/png;base64,AA image/png',
    ]);
  });
});
