import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expectTypeOf } from 'expect-type';
import type { TestFramework } from 'rxlm/testing';
import { PackedApp } from '../support/packed-app';

// The contract of all models on the sample's provider, by frameworks other than the one that runs this.
const packed = new PackedApp();
const root = join(__dirname, '../..');

const contract = `
import { describeChatModel } from 'rxlm/testing';
import { acmeWire, ChatAcme } from './acme.mjs';

class Credulous extends ChatAcme {
  decoder(context) {
    const decoder = super.decoder(context);
    decoder.end = () => true;
    return decoder;
  }
}
const Model = process.env.CREDULOUS ? Credulous : ChatAcme;
const connect = (baseURL, options) => new Model({ baseURL, ...options });
describeChatModel('ChatAcme', { wire: acmeWire, connect }, { describe, it });
`;

beforeAll(() => {
  packed.install();
  packed.link('vitest');
  buildSync({
    entryPoints: [join(root, 'spec/support/acme-wire.ts')],
    outfile: join(packed.folder, 'acme.mjs'),
    external: ['rxlm', 'rxlm/*', 'rxjs'],
    format: 'esm',
    bundle: true,
  });
  for (const [file, framework] of [
    ['node.test.mjs', 'node:test'],
    ['vitest.test.mjs', 'vitest'],
  ])
    writeFileSync(
      join(packed.folder, file!),
      `import { describe, it } from '${framework!}';\n${contract}`,
    );
}, 180_000);

afterAll(() => {
  packed.remove();
});

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

function run(args: readonly string[], isCredulous: boolean): string {
  // Without the variables of jest, which vitest takes for its own.
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ...(isCredulous ? { CREDULOUS: '1' } : {}) };
  return spawnSync(process.execPath, args, { cwd: packed.folder, env, encoding: 'utf8' }).stdout;
}

const frameworks: Readonly<Record<string, (isCredulous: boolean) => Counts>> = {
  'node:test': (isCredulous) => {
    const tap = run(['--test', '--test-reporter=tap', 'node.test.mjs'], isCredulous);
    const count = (word: string) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(tap)?.[1]);
    return { passed: count('pass'), failed: count('fail') };
  },
  vitest: (isCredulous) => {
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', 'vitest.test.mjs'];
    const { numPassedTests, numFailedTests } = JSON.parse(run(args, isCredulous)) as {
      readonly numPassedTests: number;
      readonly numFailedTests: number;
    };
    return { passed: numPassedTests, failed: numFailedTests };
  },
};

describe.each(Object.entries(frameworks))('describeChatModel run by %s', (_, counts) => {
  it('passes for the sample’s provider', () => {
    const { passed, failed } = counts(false);
    expect(failed).toBe(0);
    expect(passed).toBeGreaterThan(40);
  }, 120_000);

  it('fails for a provider that takes a cut answer for a whole one', () => {
    expect(counts(true).failed).toBeGreaterThan(0);
  }, 120_000);
});

it('takes the functions of each framework as they are', () => {
  expectTypeOf<typeof import('node:test')>().toMatchTypeOf<TestFramework>();
  expectTypeOf<typeof import('vitest')>().toMatchTypeOf<TestFramework>();
});
