import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runExample, type Scope } from '../support/run-example';

// An `@example` is run if one of its statements is followed by `// => value`, see `runExample`.
// An example sees the names of RxJS, of `rxlm` and of its own file; it may import more, as a user or its own file would.
const lib = join(__dirname, '../../lib');
const load = (file: string): Scope => jest.requireActual<Scope>(file);

function examplesIn(file: string): string[] {
  const comments = readFileSync(join(lib, file), 'utf8').match(/\/\*\*[^]*?\*\//g) ?? [];
  return comments
    .map((comment) => comment.slice(3, -2).replace(/^ *\*( |$)/gm, ''))
    .flatMap((text) => [...text.matchAll(/^@example\b([^]*?)(?=^@[a-z]+\b|$(?![^]))/gm)])
    .map(([, code]) => code!.replace(/^```.*$/gm, '').trim())
    .filter((code) => code.includes('// =>'));
}

/** Loads a module as the example's own file would. */
const loadFrom =
  (file: string) =>
  (name: string): Scope =>
    load(name.startsWith('.') ? join(lib, dirname(file), name) : name);

const examples = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => examplesIn(file).map((code) => [file, code.split('\n')[0]!, code] as const));

describe('the examples of the doc comments', () => {
  it.each(examples)(
    'hold in %s: %s',
    async (file, _title, code) => {
      expect(await runExample(code, loadFrom(file), load(join(lib, file)))).toBe(
        code.split('// =>').length - 1,
      );
    },
    60_000,
  );
});
