import { ToolInput } from '../../lib/anthropic/tool-input';

describe('ToolInput', () => {
  it('collects the text that comes', () => {
    const input = new ToolInput({ toolJson: 100, toolJsonDepth: 3 });
    ['{"a"', ':', '1}'].forEach((json) => {
      input.add(json);
    });
    expect(input.text).toBe('{"a":1}');
  });

  it('[27] refuses more than it may hold, saying which limit', () => {
    const input = new ToolInput({ toolJson: 10, toolJsonDepth: 2 });
    expect(() => {
      input.add('[[[');
    }).toThrow(/deeper than 2.*limits\.toolJsonDepth/);
    expect(() => {
      new ToolInput({ toolJson: 10, toolJsonDepth: 2 }).add('x'.repeat(11));
    }).toThrow(/longer than 10.*limits\.toolJson/);
  });
});
