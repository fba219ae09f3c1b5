import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const files = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));

/** The titles of a spec: the first argument of `describe` and `it`, also after `.each(…)`. */
function titles(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(describe|it|test)\b/.test(node.expression.getText())) {
      const [title] = node.arguments;
      if (title !== undefined && ts.isStringLiteralLike(title)) found.push(title.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true));
  return found;
}

describe('what the title of a spec refers to', () => {
  const all = files('spec').flatMap(titles);

  it('is a line of the contract', () => {
    const contract = read('docs/contract.md');
    const named = all.flatMap((title) => [...title.matchAll(/^(?:\[\d+\] ?)+/g)].join(' '));
    const lines = new Set(named.flatMap((text) => text.match(/\d+/g) ?? []));
    expect(lines.size).toBeGreaterThan(20);
    const unknown = [...lines].filter((line) => !new RegExp(`^${line}\\. `, 'm').test(contract));
    expect(unknown).toEqual([]);
  });

  it('is a line of the faults, as is each case of the fault server', () => {
    const faults = read('docs/faults.md');
    const named = [...all, ...files('lib/testing').map(read)].join('\n').match(/\bT\d{3}\b/g);
    const unknown = [...new Set(named)].filter((fault) => !faults.includes(`**${fault}**`));
    expect(new Set(named).size).toBeGreaterThan(50);
    expect(unknown).toEqual([]);
  });
});
