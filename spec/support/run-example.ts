import * as rxjs from 'rxjs';
import * as rxlm from 'rxlm';
import ts from 'typescript';

export type Scope = Record<string, unknown>;

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

/**
 * Runs an example, and returns how many values it has checked. A statement followed by `// => value` is checked: its value,
 * awaited if it is a promise and collected if it is an Observable, must equal that JavaScript value.
 *
 * @param names What the example sees beside the names of RxJS and of `rxlm`.
 * @param load Loads the modules that it imports.
 */
export async function runExample(
  code: string,
  load: (name: string) => Scope,
  names: Scope = {},
): Promise<number> {
  let checks = 0;
  const check = async (actual: unknown, expected: unknown): Promise<void> => {
    checks++;
    const value$ = rxjs.isObservable(actual) ? actual.pipe(rxjs.toArray()) : rxjs.of(await actual);
    expect(await rxjs.lastValueFrom(value$)).toEqual(expected);
  };
  const scope: Scope = {
    ...rxjs,
    ...rxlm,
    ...names,
    check,
    require: load,
    exports: {},
  };
  const body = `return (async () => {\n${instrument(code)}\n})()`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- running code given as text is the point
  await (new Function(...Object.keys(scope), body)(...Object.values(scope)) as Promise<void>);
  return checks;
}
