import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

// A fence that begins with `// samples/name.ts` shows that file whole; the samples are run by specs of their own.
const fences = [...read('README.md').matchAll(/^```ts\n\/\/ (samples\/\S+)\n([^]*?)^```$/gm)];

describe('README.md', () => {
  it.each(fences.map(([, file, code]) => [file!, code!]))('shows %s as it is', (file, code) => {
    expect(code.trim()).toBe(read(file).trim());
  });
});
