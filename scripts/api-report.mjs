// Writes `docs/api/<entry>.md`: every exported name with its type, so that a change of the public surface is seen in a review.
// `node scripts/api-report.mjs` writes the files, `--check` fails if they are stale.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'docs/api');
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const sources = Object.entries(exports).flatMap(([name, target]) => {
  const types = target.import?.types;
  if (types === undefined) return [];
  const source = types.replace('./dist/esm', 'lib').replace(/\.d\.ts$/, '.ts');
  return [{ entry: name.replace('.', 'rxlm'), source: join(root, source) }];
});

/** The declarations of all entries, emitted into a cache. */
function declarations() {
  const outDir = join(root, 'node_modules/.cache/api');
  rmSync(outDir, { recursive: true, force: true });
  const config = ts.readConfigFile(join(root, 'scripts/tsconfig.esm.json'), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(root, 'scripts'));
  const emit = { ...options, outDir, emitDeclarationOnly: true, removeComments: true };
  ts.createProgram(
    sources.map(({ source }) => source),
    emit,
  ).emit();
  const paths = sources.map(({ source }) =>
    source.replace(join(root, 'lib'), outDir).replace(/\.ts$/, '.d.ts'),
  );
  return { program: ts.createProgram(paths, { ...options, noEmit: true }), paths };
}

const printer = ts.createPrinter({ removeComments: true });

/** A declaration without its private members: they are no promise. */
function print(node) {
  const whole = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  const shown = ts.isClassDeclaration(whole)
    ? ts.factory.updateClassDeclaration(
        whole,
        whole.modifiers,
        whole.name,
        whole.typeParameters,
        whole.heritageClauses,
        whole.members.filter(isPublic),
      )
    : whole;
  return printer
    .printNode(ts.EmitHint.Unspecified, shown, whole.getSourceFile())
    .replace(/^export (declare )?/, '');
}

function isPublic(member) {
  const isPrivate = ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private;
  return !isPrivate && !(member.name && ts.isPrivateIdentifier(member.name));
}

export async function reports() {
  const { program, paths } = declarations();
  const checker = program.getTypeChecker();
  const found = new Map();
  for (const [at, { entry }] of sources.entries()) {
    const file = program.getSourceFile(paths[at]);
    const names = checker
      .getExportsOfModule(checker.getSymbolAtLocation(file))
      .map((symbol) =>
        symbol.flags & ts.SymbolFlags.Alias
          ? [symbol.name, checker.getAliasedSymbol(symbol)]
          : [symbol.name, symbol],
      )
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const texts = names.map(([name, symbol]) => {
      const lines = [...new Set((symbol.declarations ?? []).map(print))].join('\n');
      return lines.includes(name) ? lines : `// ${name}\n${lines}`;
    });
    const text = `# The public names of \`${entry}\`\n\n${String(names.length)} names. Written by \`npm run api\`.\n\n\`\`\`ts\n${texts.join('\n')}\n\`\`\`\n`;
    const name = `${entry.replaceAll('/', '-')}.md`;
    found.set(
      name,
      await prettier.format(text, { parser: 'markdown', singleQuote: true, printWidth: 100 }),
    );
  }
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = await reports();
  if (process.argv.includes('--check')) {
    const kept = (name) => readFileSync(join(folder, name), 'utf8');
    const stale = [...made].filter(
      ([name, text]) => !readdirSync(folder).includes(name) || kept(name) !== text,
    );
    if (stale.length > 0) {
      console.error(`Stale, run \`npm run api\`: ${stale.map(([name]) => name).join(', ')}`);
      process.exitCode = 1;
    }
  } else {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder))
      if (!made.has(basename(name))) rmSync(join(folder, name));
    for (const [name, text] of made) writeFileSync(join(folder, name), text);
  }
}
