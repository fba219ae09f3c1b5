import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';

const PACKAGES = [
  'rxlm',
  'rxjs',
  '@anthropic-ai/sdk',
  '@langchain/core',
  '@langchain/anthropic',
  '@langchain/anthropic/node_modules/@anthropic-ai/sdk',
  'ai',
  '@ai-sdk/anthropic',
];

/** Where and what was measured. */
export function describeMachine() {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${cpus()[0].model.trim()}, ${memory} GiB, ${process.platform} ${release()}, Node ${process.version}`;
}

/** The versions that the lock has installed, by package; `folder` is where, under this one. */
export function versionsOf(folder = '') {
  return Object.fromEntries(
    PACKAGES.map((name) => {
      const file = new URL(`./${folder}node_modules/${name}/package.json`, import.meta.url);
      const { version } = JSON.parse(readFileSync(file, 'utf8'));
      return [name.replace('/node_modules/', ' with its own '), version];
    }),
  );
}
