import { lastValueFrom, toArray } from 'rxjs';
import { AIMessageChunk } from 'rxlm';
import { runsCommand } from '../../lib/cli/runs-command';
import type { RunsCommand } from '../../lib/cli/parse-runs';

/** A client of Redis that answers scripts in order. */
function scripted(replies: unknown[], last = 'rxlm:run:{b}') {
  return {
    evalSha: async () => replies.shift(),
    eval: async () => replies.shift(),
    scan: async (cursor: string) =>
      cursor === '0' ? { cursor: '3', keys: ['rxlm:run:{a}'] } : { cursor: '0', keys: [last] },
    duplicate: () => ({
      isOpen: true,
      connect: async () => undefined,
      on: () => undefined,
      subscribe: async () => undefined,
      unsubscribe: async () => undefined,
      destroy: () => undefined,
    }),
  };
}
const page = (entries: string[], ending = '', meta = '', cancel = 0) => [
  ...[7, entries.length, 9_000, cancel, 0, ending, meta, 0, '', 0, entries],
];

describe('runsCommand', () => {
  async function printed(
    action: RunsCommand['action'],
    replies: unknown[],
    json = false,
    last?: string,
  ): Promise<{ lines: string; close: jest.Mock }> {
    const close = jest.fn();
    const command = { name: 'runs', redis: 'redis://a', prefix: undefined } as const;
    const line$ = runsCommand({ ...command, print: { json }, action }, async () => ({
      client: scripted(replies, last),
      close,
    }));
    const lines = (await lastValueFrom(line$.pipe(toArray()))).join('');
    return { lines, close };
  }

  it('lists the runs, a line each, and closes its connection', async () => {
    const replies = [page([], '', '{"owner":"ada"}', 1), page(['"x"'], '{"state":"end"}')];
    const { lines, close } = await printed({ name: 'list' }, [...replies]);
    expect(lines).toBe('a\tcancelling\t0\t{"owner":"ada"}\nb\tend\t1\n');
    expect(close).toHaveBeenCalledTimes(1);
    const json = await printed({ name: 'list' }, [...replies], true);
    expect(json.lines.split('\n')[1]).toBe('{"id":"b","state":"end","values":1}');
  });

  it('gives each run one line, whatever its key and what is kept with it', async () => {
    const meta = JSON.stringify({ owner: 'a\nforged\topen\u001b[2J' });
    const replies = [page([], '', meta), page([], '', meta)];
    const last = 'rxlm:run:{b\nforged\tend\t9\u001b[2J}';
    const { lines } = await printed({ name: 'list' }, replies, false, last);
    expect(lines.split('\n')).toHaveLength(3);
    expect(lines).not.toContain('\u001b');
    expect(lines).toContain('b\\u000aforged\\u0009end\\u00099\\u001b[2J\topen\t0\t{');
  });

  it('prints the texts of a run as they are, and other values as JSON', async () => {
    const entries = ['"gold "', JSON.stringify(new AIMessageChunk('fish')), '{"n":1}'];
    const reply = page(entries, '{"state":"end"}');
    const join = { name: 'join', id: 'a', after: undefined } as const;
    expect((await printed(join, [reply])).lines).toBe('gold fish{"n":1}\n\n');
    expect((await printed(join, [reply], true)).lines.split('\n')[0]).toBe(
      '{"id":"7.1","value":"gold "}',
    );
  });

  it('fails with the ending of the run, and closes its connection', async () => {
    const reply = page(['"gold"'], '{"state":"producer_lost"}');
    await expect(
      printed({ name: 'join', id: 'a', after: undefined }, [reply]),
    ).rejects.toMatchObject({ code: 'producer_lost' });
  });

  it('cancels an open run, and says where there is none', async () => {
    expect((await printed({ name: 'cancel', id: 'a' }, [1])).lines).toBe('cancelled\n');
    expect((await printed({ name: 'cancel', id: 'a' }, [1], true)).lines).toBe(
      '{"cancelled":true}\n',
    );
    await expect(printed({ name: 'cancel', id: 'a' }, [0])).rejects.toThrow(
      'there is no open run a',
    );
  });
});
