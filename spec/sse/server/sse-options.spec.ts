import { checkSseOptions } from '../../../lib/sse/server/sse-options.js';

describe('checkSseOptions', () => {
  it('bounds what waits for a client, and how long', () => {
    expect(checkSseOptions({})).toMatchObject({ maxBuffered: 262_144, stallMs: 60_000 });
  });

  it.each([{ maxBuffered: 0 }, { stallMs: -1 }, { stallMs: NaN }])('refuses %j', (options) => {
    const [name] = Object.keys(options);
    expect(() => checkSseOptions(options)).toThrow(new RegExp(`${String(name)} must be a number`));
  });
});
