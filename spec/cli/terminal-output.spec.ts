import { terminalOutput } from '../../lib/cli/terminal-output.js';

const written = (isTTY: boolean | undefined, show: 'out' | 'err') => {
  const texts: string[] = [];
  const stream = { isTTY, write: (text: string) => texts.push(text) };
  terminalOutput(stream, stream)[show]('gold\x1b[2J\n');
  return texts;
};

describe('terminalOutput', () => {
  it('shows control characters of an answer on a terminal, and passes them on elsewhere', () => {
    expect(written(true, 'out')).toEqual(['gold\\u001b[2J\n']);
    expect(written(undefined, 'out')).toEqual(['gold\x1b[2J\n']);
  });

  it('shows those of errors wherever they go', () => {
    expect(written(true, 'err')).toEqual(['gold\\u001b[2J\n']);
    expect(written(undefined, 'err')).toEqual(['gold\\u001b[2J\n']);
  });

  it('cuts what an error says, in one line, and never an answer', () => {
    const written: string[] = [];
    const stream = { write: (text: string) => written.push(text) };
    const { out, err } = terminalOutput(stream, stream);
    const long = 'a'.repeat(1_000_000);
    err(`rxlm: ${long}\n`);
    out(long);
    expect(written[0]).toMatch(/^rxlm: a{3994}…\n$/);
    expect(written[1]).toBe(long);
  });
});
