import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const bench = fileURLToPath(new URL('..', import.meta.url));
const sse = `${bench}node_modules/rxlm/dist/esm/sse/index.js`;
const hasRemote = existsSync(sse) && readFileSync(sse, 'utf8').includes('remoteRunnable');

const BUNDLES = {
  'rxlm: ChatModel, lambda, toAsyncIterable':
    "export { ChatModel, lambda, toAsyncIterable } from 'rxlm'",
  'rxlm: all of the main entry': "export * from 'rxlm'",
  ...(hasRemote && {
    'rxlm: a model over HTTP': "export { remoteRunnable } from 'rxlm/sse'",
    'rxlm: a model over HTTP, and its view state':
      "export { remoteRunnable } from 'rxlm/sse'; export { toChatState } from 'rxlm'",
  }),
  'rxlm: ChatAnthropic, with its SDK': "export { ChatAnthropic } from 'rxlm/anthropic'",
  '@anthropic-ai/sdk': "export { Anthropic } from '@anthropic-ai/sdk'",
  '@langchain/anthropic': "export { ChatAnthropic } from '@langchain/anthropic'",
  'ai, @ai-sdk/anthropic':
    "export { streamText } from 'ai'; export { createAnthropic } from '@ai-sdk/anthropic'",
};

/** Bundles for the browser, minified and compressed, with RxJS left to the application. And what npm fetches. */
export async function* size() {
  const values = Object.fromEntries(
    Object.entries(BUNDLES).map(([name, contents]) => [name, [bundleSize(contents) / 1000]]),
  );
  const pack = ['pack', '..', '--dry-run', '--json', '--ignore-scripts', '--silent'];
  const [packed] = JSON.parse(execFileSync('npm', pack, { cwd: bench, encoding: 'utf8' }));
  yield* [
    { id: 'size', title: 'In a browser, without RxJS', unit: 'kB, minified and gzipped', values },
    {
      id: 'package',
      title: 'The package',
      unit: 'kB',
      values: { 'as a tarball': [packed.size / 1000], unpacked: [packed.unpackedSize / 1000] },
    },
  ];
}

function bundleSize(contents) {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: bench },
    external: ['rxjs', 'node:*'],
    platform: 'browser',
    format: 'esm',
    bundle: true,
    minify: true,
    write: false,
    logLevel: 'error',
  });
  return gzipSync(outputFiles[0].text).length;
}
