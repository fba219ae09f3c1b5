import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '../..');
const tsc = join(root, 'node_modules/typescript/bin/tsc');

describe('the types', () => {
  // The specs are compiled file by file: what they say of types, and what must not compile, is looked at here, once.
  it('of the specs are what they say', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', 'spec'], {
      cwd: root,
    }).catch((error: unknown) => error as { stdout: string });
    expect(stdout).toBe('');
  }, 180_000);
});
