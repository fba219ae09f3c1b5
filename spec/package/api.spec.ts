import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '../..');

describe('the report of the public names', () => {
  it('is what the source exports', async () => {
    const report = [join(root, 'scripts/api-report.mjs'), '--check'];
    const { stderr } = await promisify(execFile)(process.execPath, report, { cwd: root }).catch(
      (error: unknown) => error as { stderr: string },
    );
    expect(stderr).toBe('');
  }, 120_000);
});
