import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';

/** A layer imports from the rows above its own and, without cycles, from its own row. */
const rows = [
  ['core', 'errors'],
  ['messages', 'json', 'event-stream'],
  ['operators', 'adapters', 'prompts', 'parsers', 'tools'],
  ['models'],
  ['http'],
  ['runnables', 'chat', 'runs'],
];
/** Leaves import from every row, and from these other leaves. Nobody else imports a leaf. */
const leaves: Record<string, string[]> = {
  anthropic: [],
  openai: [],
  google: [],
  ollama: [],
  'ai-sdk': [],
  redis: [],
  emitter: [],
  sse: [],
  nestjs: ['sse'],
  testing: [],
  marbles: [],
  page: ['anthropic', 'testing', 'marbles'],
  cli: ['anthropic', 'openai', 'google', 'ollama', 'redis', 'testing', 'marbles', 'page'],
};
/** All that an entry may reach outside of the project. */
const promises: Record<string, string[]> = {
  'index.ts': ['rxjs'],
  'anthropic/index.ts': ['rxjs', '@anthropic-ai/sdk'],
  'openai/index.ts': ['rxjs'],
  'google/index.ts': ['rxjs'],
  'ollama/index.ts': ['rxjs'],
  'ai-sdk/index.ts': ['rxjs'],
  'http/index.ts': ['rxjs'],
  'marbles/index.ts': ['rxjs'],
  'page/index.ts': ['rxjs'],
  'redis/index.ts': ['rxjs', 'node:crypto'],
  'emitter/index.ts': ['rxjs', 'eventemitter3'],
  'sse/index.ts': ['rxjs'],
  'nestjs/index.ts': ['rxjs', '@nestjs/common'],
  'testing/fake/index.ts': ['rxjs', 'rxjs/testing'],
};
/** The layers that run on Node alone. */
const nodeOnly = ['testing', 'cli', 'redis', 'page'];

type Graph = ReadonlyMap<string, readonly string[]>;
const root = join(__dirname, '../..');
const lib = join(root, 'lib');
const all = readdirSync(lib, { recursive: true, encoding: 'utf8' });
const files = all.filter((file) => file.endsWith('.ts'));
const read = (file: string): string => readFileSync(join(lib, file), 'utf8');
const layerOf = (file: string): string => file.split('/')[0]!;
const isIndex = (file: string): boolean => basename(file) === 'index.ts';

/** Types of Node are nothing that has to be there. */
const withoutNodeTypes = (source: string): string =>
  source.replace(/^import type .* from 'node:.*$/gm, '');
const specifiers: Graph = new Map(
  files.map((file) => [
    file,
    ts.preProcessFile(withoutNodeTypes(read(file))).importedFiles.map((i) => i.fileName),
  ]),
);
const imports: Graph = new Map(
  [...specifiers].map(([file, names]) => {
    const local = names.filter((name) => name.startsWith('.'));
    return [file, local.map((name) => join(file, '..', name).replace(/\.js$/, '.ts'))];
  }),
);
const edges = [...imports].flatMap(([from, targets]) => targets.map((to) => [from, to] as const));
const show = (wrong: typeof edges): string[] => wrong.map(([from, to]) => `${from} imports ${to}`);

/** What can be reached from a node, the node itself only through a cycle. */
function reach(graph: Graph, start: string): Set<string> {
  const reached = new Set(graph.get(start));
  for (const node of reached) for (const next of graph.get(node) ?? []) reached.add(next);
  return reached;
}
const cyclic = (graph: Graph): string[] =>
  [...graph.keys()].filter((node) => reach(graph, node).has(node));

function mayImport(from: string, to: string): boolean {
  if (from === to) return true;
  if (to in leaves) return leaves[from]?.includes(to) ?? false;
  const rank = (layer: string): number => rows.findIndex((row) => row.includes(layer));
  return from in leaves || from === 'index.ts' || rank(to) <= rank(from);
}

describe('the layers of lib', () => {
  it('are known', () => {
    const known = [...rows.flat(), ...Object.keys(leaves), 'index.ts'];
    expect(files.filter((file) => !known.includes(layerOf(file)))).toEqual([]);
  });

  it('import to the left only', () => {
    expect(show(edges.filter(([a, b]) => !mayImport(layerOf(a), layerOf(b))))).toEqual([]);
  });

  it('have no cycles, neither of files nor of layers', () => {
    const across = (layer: string): string[] =>
      edges
        .map(([a, b]) => [layerOf(a), layerOf(b)])
        .flatMap(([a, b]) => (a === layer && b !== layer ? [b!] : []));
    expect(cyclic(imports)).toEqual([]);
    expect(cyclic(new Map(files.map((file) => [layerOf(file), across(layerOf(file))])))).toEqual(
      [],
    );
  });

  it('export nothing from an internal folder', () => {
    const reached = edges.filter(([from, to]) => isIndex(from) && to.includes('/internal/'));
    expect(show(reached)).toEqual([]);
  });

  it('keep what is internal to a folder within its layer, or share it with the layers of rxlm', () => {
    const foreign = edges.filter(
      ([from, to]) =>
        to.includes('/internal/') && layerOf(to) in leaves && layerOf(from) !== layerOf(to),
    );
    const programs = ['cli', 'page'];
    expect(show(foreign.filter(([from]) => !programs.includes(layerOf(from))))).toEqual([]);
  });

  it('never import an index', () => {
    expect(show(edges.filter(([, to]) => isIndex(to)))).toEqual([]);
  });

  it('name what they export', () => {
    expect(files.filter((file) => /^export\s*\*/m.test(read(file)))).toEqual([]);
  });

  it('import Node only where they run on Node alone', () => {
    const web = [...specifiers].filter(([file]) => !nodeOnly.includes(layerOf(file)));
    expect(web.filter(([, names]) => names.some((name) => name.startsWith('node:')))).toEqual([]);
  });

  it.each(Object.entries(promises).filter(([entry]) => files.includes(entry)))(
    'bring into %s only %j',
    (entry, promised) => {
      const names = [...reach(imports, entry), entry].flatMap((file) => specifiers.get(file)!);
      const packages = names.flatMap((name) => /^(@[^/]+\/)?[^./][^/]*/.exec(name)?.[0] ?? []);
      const known = [...promised, '@standard-schema/spec'];
      expect([...new Set(packages)].filter((name) => !known.includes(name))).toEqual([]);
    },
  );

  /** Whether there is nothing in it to run: types are tested where they are used. */
  const isTypesOnly = (file: string): boolean =>
    ts
      .transpile(read(file), { module: ts.ModuleKind.ESNext, removeComments: true })
      .replace(/export \{\};|\s/g, '') === '';

  it('are mirrored in spec', () => {
    const specOf = (file: string): string => join(root, 'spec', file.replace(/ts$/, 'spec.ts'));
    expect(
      files.filter((file) => !isIndex(file) && !isTypesOnly(file) && !existsSync(specOf(file))),
    ).toEqual([]);
  });
});
