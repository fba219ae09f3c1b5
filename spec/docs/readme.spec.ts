import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

// A fence that begins with `// samples/name.ts` shows that file whole, with the model's name in place of the samples'
// constant, so that it can be copied; the samples are run by specs of their own.
const pages = ['README.md', ...markdownIn('docs')];
const fences = pages.flatMap((page) =>
  [...read(page).matchAll(/^```ts\n\/\/ (samples\/\S+)\n([^]*?)^```$/gm)].map(
    ([, file, code]) => [page, file!, code!] as const,
  ),
);

function markdownIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && !file.startsWith('.vitepress'))
    .map((file) => join(folder, file));
}

const model = /MODEL = ('[^']+')/.exec(read('samples/model.ts'))?.[1] ?? '';
const copied = (sample: string): string =>
  sample
    .replace(/^import \{ MODEL \} from '[./]+model\.ts';\n/m, '')
    .replaceAll(/\bMODEL\b/g, model);

describe('README.md and the pages', () => {
  it.each(fences)('%s shows %s as it is', (_page, file, code) => {
    expect(code.trim()).toBe(copied(read(file)).trim());
  });

  it('name one model of Anthropic’s, the one that the samples ask', () => {
    const names = new Set(
      pages.flatMap((page) =>
        /faults|contract|api|durable|security|side/.test(page)
          ? []
          : (read(page).match(/claude-[a-z0-9.-]*\d[a-z0-9.-]*/g) ?? []),
      ),
    );
    expect([...names]).toEqual([model.slice(1, -1)]);
  });

  it('link to files and folders that are there', () => {
    const top = ['README.md', 'DESIGN.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];
    const links = [...new Set([...pages, ...top])].flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#|\/)([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target]) =>
        join(dirname(page), target!),
      ),
    );
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((target) => !existsSync(join(root, target)))).toEqual([]);
  });
});
