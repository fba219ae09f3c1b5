import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const { entryPoints } = JSON.parse(readFileSync(join(root, 'typedoc.json'), 'utf8')) as {
  entryPoints: string[];
};
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, { import?: { default: string } }>;
};

describe('the reference', () => {
  it('has every entry of the package', () => {
    const entries = Object.values(manifest.exports).flatMap(({ import: file }) =>
      file === undefined ? [] : [file.default.replace('./dist/esm', 'lib').replace(/js$/, 'ts')],
    );
    expect(new Set(entryPoints)).toEqual(new Set(entries));
  });
});
