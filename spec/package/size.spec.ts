import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const root = join(__dirname, '../..');
/**
 * What every program with a model of its own carries: runs and their events, the fold of messages (1.1 kB), the messages
 * of other libraries (2.1 kB, half of it for their stored forms and denials), the check of a config's keys (0.1 kB), and the calls of a model that gives them in pieces (0.4 kB).
 */
const limit = 15_100;
/**
 * What a page needs that shows the answers of a server: no provider's client, and all of the decoding, with the limits, clocks
 * and scrubbing that read providers' streams as well. Joining a run again after a cut takes 0.6 kB,
 * the parts of an answer in order, with what its texts cite, 0.8 kB.
 */
const remoteLimit = 21_800;

/** A program bundled for the browser from the source of the main entry, with RxJS left to the application. */
function bundle(contents: string) {
  const { outputFiles, metafile } = buildSync({
    stdin: { contents, resolveDir: root },
    absWorkingDir: root,
    alias: {
      rxlm: join(root, 'lib/index.ts'),
      'rxlm/sse': join(root, 'lib/sse/index.ts'),
      'rxlm/testing/fake': join(root, 'lib/testing/fake/index.ts'),
    },
    external: ['rxjs', 'rxjs/testing'],
    platform: 'browser',
    format: 'esm',
    bundle: true,
    minify: true,
    metafile: true,
    write: false,
    logLevel: 'error',
  });
  const { text } = outputFiles[0]!;
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  return {
    text,
    bytes: gzipSync(text).length,
    sources: Object.keys(metafile.inputs),
    packages: [...new Set(imports.map((each) => each.path))],
  };
}

describe('the size of rxlm in a browser', () => {
  const app = bundle("export { ChatModel, lambda, toAsyncIterable } from 'rxlm'");

  it(`a model, a lambda and an async iterable are at most ${String(limit)} bytes, gzipped`, () => {
    expect(app.bytes).toBeGreaterThan(0);
    expect(app.bytes).toBeLessThanOrEqual(limit);
  });

  it(`a remote model and its view state are at most ${String(remoteLimit)} bytes, gzipped`, () => {
    const page = bundle(
      "export { remoteRunnable } from 'rxlm/sse'; export { toChatState } from 'rxlm'",
    );
    expect(page.bytes).toBeLessThanOrEqual(remoteLimit);
    expect(page.packages).toEqual(['rxjs']);
  });

  it('brings nothing but our own files and RxJS', () => {
    expect(app.packages).toEqual(['rxjs']);
    expect(app.sources.filter((file) => !/^(<stdin>$|lib\/)/.test(file))).toEqual([]);
    expect(app.text).not.toMatch(/eventemitter3|anthropic|node:/i);
  });

  it('a fake model in a page needs nothing but RxJS', () => {
    const page = bundle("export { FakeChatModel, marbles } from 'rxlm/testing/fake'");
    expect(page.packages.sort()).toEqual(['rxjs', 'rxjs/testing']);
  });

  it('an import for side effects alone costs nothing', () => {
    expect(bundle("import 'rxlm'").text).toBe('');
  });
});
