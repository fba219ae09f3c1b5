import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

interface Result {
  readonly survived: boolean;
  readonly wrong?: string;
}

interface Case {
  readonly id: string;
  readonly variants: readonly {
    readonly name?: string;
    readonly clients: Record<string, Result>;
  }[];
}

interface Results {
  readonly total: number;
  readonly survived: Record<string, number>;
  readonly cases: readonly Case[];
}

interface Said {
  readonly planned: readonly Case[];
  readonly clients: readonly string[];
  readonly counted: Record<string, number>;
  readonly spoiled: Record<string, number>;
  readonly page: string;
  readonly judged: Record<string, string | null>;
}

/** What a program of the bench's own modules says: jest does not load them. */
function said(program: string): Said {
  const args = ['--input-type=module', '-e', program];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })) as Said;
}

const readJson = (path: string) =>
  JSON.parse(readFileSync(join(root, path), 'utf8')) as unknown as Results;

describe('the bench of faults', () => {
  const results = readJson('bench/faults/results.json');
  const page = readFileSync(join(root, 'bench/faults/README.md'), 'utf8');
  const recorded = said(`
    import { readFileSync } from 'node:fs';
    import { format, resolveConfig } from 'prettier';
    import { CASES } from './bench/faults/cases/all.mjs';
    import { CLIENTS } from './bench/faults/clients/all.mjs';
    import { judge } from './bench/faults/judge.mjs';
    import { survivedBy } from './bench/faults/table.mjs';
    import { withResults } from './bench/faults/write.mjs';
    const results = JSON.parse(readFileSync('bench/faults/results.json', 'utf8'));
    const filepath = 'bench/faults/README.md';
    const options = { ...(await resolveConfig(filepath)), filepath };
    const [{ variants: [{ clients }] }] = results.cases;
    const counted = survivedBy(results.cases);
    clients.rxlm = undefined;
    clients.langchain = { survived: false, wrong: 'hang' };
    const spoiled = survivedBy(results.cases);
    const seen = { outcome: 'error', text: 'Hel', unhandled: [], warnings: [], gaps: [], error: { code: 'limit' } };
    const judged = (right, more, client = 'rxlm') => judge({ right }, { ...seen, ...more }, client) ?? null;
    console.log(JSON.stringify({
      planned: CASES,
      clients: Object.keys(CLIENTS),
      counted,
      spoiled,
      page: await format(withResults(readFileSync(filepath, 'utf8'),
        JSON.parse(readFileSync('bench/faults/results.json', 'utf8'))), options),
      judged: {
        right: judged({ outcome: 'error', code: 'limit', text: 'Hel' }),
        hang: judged({ outcome: ['error', 'hang'] }, { outcome: 'hang' }),
        outcome: judged({ outcome: 'complete' }),
        code: judged({ outcome: 'error', code: 'truncated' }),
        'code of a peer': judged({ outcome: 'error', code: 'truncated' }, {}, 'langchain'),
        text: judged({ text: 'Hello' }),
        unhandled: judged({ outcome: 'error' }, { unhandled: ['no'] }),
        key: judged({ outcome: 'error' }, { error: { showsKey: true } }),
        'not closed': judged({ closeMs: 200 }, { closeMs: undefined }),
        late: judged({ closeMs: 200 }, { closeMs: 201 }),
      },
    }));
  `);

  it('has played every variant of every case, by every client', () => {
    const names = ({ id, variants }: Case) => [id, ...variants.map(({ name }) => name)];
    expect(results.cases.map(names)).toEqual(recorded.planned.map(names));
    for (const { variants } of results.cases)
      for (const { clients } of variants)
        expect(Object.keys(clients).sort()).toEqual([...recorded.clients].sort());
    expect(results.total).toBe(recorded.planned.length);
    expect(results.total).toBeGreaterThan(50);
  });

  it('counts a case as survived if all of its variants were', () => {
    expect(results.survived).toEqual(recorded.counted);
    expect(recorded.spoiled['rxlm']).toBe(recorded.counted['rxlm']! - 1);
  });

  it('is survived by rxlm, whole', () => {
    const failures = results.cases.flatMap(({ id, variants }) =>
      variants
        .filter(({ clients }) => clients['rxlm']?.survived !== true)
        .map(({ name, clients }) => [id, name, clients['rxlm']?.wrong]),
    );
    expect(failures).toEqual([]);
    expect(results.survived['rxlm']).toBe(results.total);
  });

  it('shows on its page what is in its results', () => {
    expect(page).toBe(recorded.page);
  });

  it('is quoted by the README as it came out', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8').replace(/\s+/g, ' ');
    const { rxlm, langchain } = results.survived;
    expect(readme).toContain(
      `Of ${results.total} faults rxlm survives ${rxlm}, the Anthropic SDK's \`create\` ${results.survived['sdk-create']} and ` +
        `\`stream()\` ${results.survived['sdk-stream']}, LangChain.js ${langchain}, the AI SDK ${results.survived['ai-sdk']}. ` +
        '`npm run bench:faults`.',
    );
  });

  it('judges what went wrong, and nothing else', () => {
    expect(recorded.judged).toEqual({
      right: null,
      hang: 'hang',
      outcome: 'error, not complete',
      code: 'code limit',
      'code of a peer': null,
      text: 'text "Hel"',
      unhandled: 'unhandled: no',
      key: 'the error shows the key',
      'not closed': 'not closed',
      late: 'closed 201 ms later',
    });
  });
});
