import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../..');
const { entryPoints } = JSON.parse(readFileSync(join(root, 'typedoc.json'), 'utf8')) as {
  entryPoints: string[];
};
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, { import?: { default: string } }>;
};

/** The names that an entry exports without a sentence about them. */
function undocumented(program: ts.Program, entry: string): string[] {
  const checker = program.getTypeChecker();
  const source = checker.getSymbolAtLocation(program.getSourceFile(join(root, entry))!)!;
  return checker
    .getExportsOfModule(source)
    .map((symbol) =>
      symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
    )
    .filter((symbol) => symbol.getDocumentationComment(checker).length === 0)
    .map((symbol) => `${entry}: ${symbol.name}`);
}

describe('the reference', () => {
  it('has every entry of the package', () => {
    const entries = Object.values(manifest.exports).flatMap(({ import: file }) =>
      file === undefined ? [] : [file.default.replace('./dist/esm', 'lib').replace(/js$/, 'ts')],
    );
    expect(new Set(entryPoints)).toEqual(new Set(entries));
  });

  it('has a sentence for every export', () => {
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) =>
      ts.sys.readFile(path),
    ) as { config: unknown };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    const program = ts.createProgram(
      entryPoints.map((entry) => join(root, entry)),
      options,
    );
    expect(entryPoints.flatMap((entry) => undocumented(program, entry))).toEqual([]);
  }, 60_000);
});
