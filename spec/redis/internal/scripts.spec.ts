import { createHash } from 'node:crypto';
import { scripts } from '../../../lib/redis/internal/scripts';

describe('the scripts', () => {
  it.each(Object.entries(scripts))('have the name that Redis gives them: %s', (_, script) => {
    expect(script.sha).toBe(createHash('sha1').update(script.source).digest('hex'));
    expect(script.source).toMatch(/^#!lua flags=(allow-oom)?\n/);
  });

  it('refuse only what grows a run where memory is used up', () => {
    const growing = Object.entries(scripts).filter(([, { source }]) =>
      source.startsWith('#!lua flags=\n'),
    );
    expect(growing.map(([name]) => name)).toEqual(['claim', 'append', 'setLatest']);
  });
});
