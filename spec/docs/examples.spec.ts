import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as rxjs from 'rxjs';
import * as rxlm from 'rxlm';
import ts from 'typescript';

// An `@example` is run if one of its statements is followed by `// => value`: the statement's value, awaited if it
// is a promise and collected if it is an Observable, must equal that JavaScript value.
// An example sees the names of RxJS, of `rxlm` and of its own file; it may import more, as a user or its own file would.
type Scope = Record<string, unknown>;
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

/** The example with a call of `check(actual, expected)` after each statement that reports its value. */
function instrument(code: string): string {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true);
  const checked = source.statements.map((statement) => {
    const [comment] = ts.getTrailingCommentRanges(code, statement.end) ?? [];
    const expected = /^\/\/ => (.+)$/.exec(code.slice(comment?.pos, comment?.end))?.[1];
    const text = statement.getText();
    if (expected === undefined) return text;
    if (ts.isExpressionStatement(statement))
      return `await check(${statement.expression.getText()}, (${expected}));`;
    if (ts.isVariableStatement(statement))
      return `${text}\nawait check(${statement.declarationList.declarations[0]!.name.getText()}, (${expected}));`;
    throw new Error(`only an expression or a declaration has a value: ${text}`);
  });
  return ts.transpile(checked.join('\n'), {
    module: ts.ModuleKind.CommonJS,
    target: ts.ScriptTarget.ES2022,
  });
}

async function run(file: string, code: string): Promise<number> {
  let checks = 0;
  const check = async (actual: unknown, expected: unknown): Promise<void> => {
    checks++;
    const value$ = rxjs.isObservable(actual) ? actual.pipe(rxjs.toArray()) : rxjs.of(await actual);
    expect(await rxjs.lastValueFrom(value$)).toEqual(expected);
  };
  const require = (name: string): Scope =>
    load(name.startsWith('.') ? join(lib, dirname(file), name) : name);
  const scope: Scope = {
    ...rxjs,
    ...rxlm,
    ...load(join(lib, file)),
    check,
    require,
    exports: {},
  };
  const body = `return (async () => {\n${instrument(code)}\n})()`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- running code given as text is the point
  await (new Function(...Object.keys(scope), body)(...Object.values(scope)) as Promise<void>);
  return checks;
}

const examples = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => examplesIn(file).map((code) => [file, code.split('\n')[0]!, code] as const));

describe('the examples of the doc comments', () => {
  it.each(examples)(
    'hold in %s: %s',
    async (file, _title, code) => {
      expect(await run(file, code)).toBe(code.split('// =>').length - 1);
    },
    60_000,
  );
});
