import { checkToolOptions } from '../../lib/tools/tool-options';

const options = { name: 'weather', schema: {}, func: () => 1 };

describe('checkToolOptions', () => {
  it('takes what is valid', () => {
    expect(() => {
      checkToolOptions({ ...options, timeout: 5, errorText: String, type: 'bash_1' });
    }).not.toThrow();
  });

  it.each([
    [{ name: 5 }, "a tool's name must be a non-empty string, got 5"],
    [{ func: 'x' }, 'tool weather: func must be a function, got "x"'],
    [{ validate: 'x' }, 'tool weather: validate must be a function, got "x"'],
    [{ errorText: true }, 'tool weather: errorText must be a function, got true'],
    [{ timeout: 0 }, 'tool weather: timeout must be a number of milliseconds above 0, got 0'],
    [{ timeout: NaN }, 'tool weather: timeout must be a number of milliseconds above 0, got NaN'],
    [
      { responseFormat: 'x' },
      "tool weather: responseFormat must be 'content' or 'content_and_artifact', got \"x\"",
    ],
    [{ type: 5 }, 'tool weather: type must be a string, got 5'],
  ])('is a TypeError for %p', (wrong, message) => {
    expect(() => {
      checkToolOptions({ ...options, ...wrong } as never);
    }).toThrow(new TypeError(message));
  });
});
