import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

// A fence that begins with `// samples/name.ts` shows that file whole, with the model's name in place of the samples'
// constant, so that it can be copied; the samples are run by specs of their own.
const fences = [...read('README.md').matchAll(/^```ts\n\/\/ (samples\/\S+)\n([^]*?)^```$/gm)];

const model = /MODEL = ('[^']+')/.exec(read('samples/model.ts'))?.[1] ?? '';
const copied = (sample: string): string =>
  sample
    .replace(/^import \{ MODEL \} from '[./]+model\.ts';\n/m, '')
    .replaceAll(/\bMODEL\b/g, model);

describe('README.md', () => {
  it.each(fences.map(([, file, code]) => [file!, code!]))('shows %s as it is', (file, code) => {
    expect(code.trim()).toBe(copied(read(file)).trim());
  });

  it('names one model of Anthropic’s, the one that the samples ask', () => {
    const names = new Set(read('README.md').match(/claude-[a-z0-9.-]*\d[a-z0-9.-]*/g));
    expect([...names]).toEqual([model.slice(1, -1)]);
  });
});
