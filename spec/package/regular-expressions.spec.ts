import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkSync } from 'recheck';
import ts from 'typescript';

// Its own JavaScript on every platform, no program.
process.env['RECHECK_BACKEND'] = 'pure';

const lib = resolve(__dirname, '../../lib');
const files = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort();

/** Every literal with the files that have it, and every file that makes an expression of a text. */
function expressionsOf(read: (file: string) => string, of: readonly string[]) {
  const literals = new Map<string, string[]>();
  const made: string[] = [];
  for (const file of of) {
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node))
        literals.set(node.text, [...(literals.get(node.text) ?? []), file]);
      if (
        (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
        /^(globalThis\.)?RegExp$/.test(node.expression.getText())
      )
        made.push(file);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true));
  }
  return { literals, made };
}

/**
 * How the steps of a backtracking matcher grow with the text, by the structure of the expression, or where that has what only
 * backtracking decides (a look-ahead) or is too large, by a search for the worst text, which counts steps. No clock decides
 * but the one that ends a search.
 */
function growthOf(source: string, flags: string): string {
  const settings = { timeout: null, recallLimit: -1, randomSeed: 1 } as const;
  const byStructure = checkSync(source, flags, {
    ...settings,
    checker: 'automaton',
    maxNFASize: 4000,
    timeout: 2000,
  });
  const verdict =
    byStructure.status === 'unknown'
      ? checkSync(source, flags, { ...settings, checker: 'fuzz' })
      : byStructure;
  return verdict.status === 'unknown' ? 'unknown' : verdict.complexity.type;
}

const { literals, made } = expressionsOf((file) => readFileSync(resolve(lib, file), 'utf8'), files);

/** Where an expression is made of a text, and why no text from outside is in it. */
const MADE = {
  // A constant: two strings of JSON with at most 64 escapes each.
  'anthropic/stream/frequent-delta.ts': 1,
  // Constants: the names of tags. The text is cut at 200 characters.
  'json/markdown/thinking-tag.ts': 2,
  // A constant: a string of JSON with at most 64 escapes.
  'openai/chat/frequent-chunk.ts': 1,
  // Of a server for tests: one class with a count.
  'testing/anthropic/faults/tools.ts': 1,
};

describe('the regular expressions of lib', () => {
  it('are found by the syntax, and judged', () => {
    const source = 'const a = /(x+)+$/u; const b = new RegExp("a"); const c = "/no/"; RegExp("b");';
    const found = expressionsOf(() => source, ['a.ts']);
    expect([...found.literals.keys()]).toEqual(['/(x+)+$/u']);
    expect(found.made).toEqual(['a.ts', 'a.ts']);
    expect(growthOf('(x+)+$', 'u')).toBe('exponential');
    expect(growthOf('\\/+$', '')).toBe('polynomial');
    expect(growthOf('(?!b)\\d+\\.', '')).toBe('polynomial');
    expect(growthOf('^\\d+\\.', '')).not.toBe('polynomial');
    expect(literals.size).toBeGreaterThan(100);
  });

  it.each([...literals])('%s takes no more than linearly many steps', (literal) => {
    const end = literal.lastIndexOf('/');
    expect(['safe', 'linear']).toContain(growthOf(literal.slice(1, end), literal.slice(end + 1)));
  });

  it('are literals but where the list says why not', () => {
    const counts = Object.fromEntries(
      [...new Set(made)].map((file) => [file, made.filter((each) => each === file).length]),
    );
    expect(counts).toEqual(MADE);
  });

  it.each([
    'anthropic/stream/frequent-delta',
    'json/markdown/thinking-tag',
    'openai/chat/frequent-chunk',
  ])('made in %s take no more than linearly many steps', (file) => {
    const real = RegExp;
    const seen: RegExp[] = [];
    globalThis.RegExp = new Proxy(real, {
      construct(target, args) {
        const made = new target(...(args as [string, string?]));
        seen.push(made);
        return made;
      },
    });
    try {
      jest.isolateModules(() => {
        jest.requireActual(resolve(lib, file));
      });
    } finally {
      globalThis.RegExp = real;
    }
    expect(seen.length).toBeGreaterThan(0);
    for (const { source, flags } of seen)
      expect(['safe', 'linear']).toContain(growthOf(source, flags));
  });
});
