import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { interleave } from '../measure.mjs';

const MODULES = [
  'rxjs',
  'rxlm',
  'rxlm/anthropic',
  '@anthropic-ai/sdk',
  '@langchain/anthropic',
  'ai',
];
const cwd = fileURLToPath(new URL('..', import.meta.url));

/** How long a new process takes to import a module. */
export async function* importTime({ quick }) {
  const { ms } = await interleave(MODULES, {
    rounds: quick ? 5 : 9,
    warmUp: 1,
    turn: (module) => ({ ms: timeOf(module) }),
  });
  yield* [{ id: 'import', title: 'Importing', unit: 'ms', floors: ['rxjs'], values: ms }];
}

function timeOf(module) {
  const program = `const began = performance.now();
    await import('${module}');
    console.log(performance.now() - began);`;
  const args = ['--input-type=module', '-e', program];
  return Number(execFileSync(process.execPath, args, { cwd, encoding: 'utf8' }));
}
