import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

it('the contract is checked under node:test as well', async () => {
  const args = ['--import', 'tsx', '--test', '--test-reporter=tap', 'spec/contract/node-test.ts'];
  // A test of node:test within another reports to it instead of to the output.
  const { NODE_TEST_CONTEXT: _context, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  expect(stdout).toContain('ok 1 - the provider of the sample');
  expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(30);
  expect(stdout).toContain('# fail 0');
}, 120_000);
