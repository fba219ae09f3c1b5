import { inspect } from 'node:util';
import { ToolError } from 'rxlm';

describe('ToolError', () => {
  it('names the tool, and carries the input, which neither JSON nor inspect shows', () => {
    const error = new ToolError('failed', {
      code: 'failed',
      tool: 'weather',
      input: { city: 'Ur' },
    });
    expect([error.tool, error.input]).toEqual(['weather', { city: 'Ur' }]);
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'ToolError',
      message: 'failed',
      code: 'failed',
      tool: 'weather',
    });
    expect(inspect(error)).not.toContain('Ur');
  });

  it('carries the issues of a schema where there are any, and no input where there is none', () => {
    const issues = [{ message: 'missing' }];
    expect(new ToolError('m', { code: 'invalid_input', tool: 't', issues }).issues).toBe(issues);
    const unknown = new ToolError('m', { code: 'unknown_tool', tool: 't' });
    expect(['issues' in unknown, 'input' in unknown]).toEqual([false, false]);
  });
});
