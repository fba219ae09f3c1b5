import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * Words that one provider's API has and the others don't. LangChain's names for what every provider has are rxlm's own:
 * `tool_calls`, `ls_max_tokens`, `image_url`; and so is `content_filter`, a `finish_reason` of every model.
 */
const WORDS =
  /anthropic|claude|openai|ollama|\bgpt-|chatcmpl|end_turn|pause_turn|(?<!ls_)max_tokens|max_completion_tokens|max_output_tokens|stop_sequence|stop_reason|tool_use|tool_result|(?:input_json|text|thinking|signature)_delta|redacted_thinking|cache_control|budget_tokens|content_block_(?:start|delta|stop)|message_(?:start|delta|stop)|model_context_window|prompt_tokens|completion_tokens|cache_(?:creation|read)_input|reasoning_(?:content|details|effort)|function_call|(?:input|output)_text|input_(?:image|audio|file)|\bdeveloper\b|prompt_eval_count|done_reason/i;

/** Where a provider's words belong, and why. */
const rooms: Readonly<Record<string, string>> = {
  'anthropic/': 'the provider',
  'openai/': 'the provider',
  'ollama/': 'the provider',
  'google/': 'the provider',
  'ai-sdk/': 'reads and writes what the AI SDK and its providers say',
  'testing/anthropic/': 'servers that speak as the provider does',
  'testing/openai/': 'servers that speak as the provider does',
  'testing/ollama/': 'servers that speak as the provider does',
  'testing/google/': 'servers that speak as the provider does',
  'testing/index.ts': 'names what those folders export',
  'page/': 'plays recordings of one provider, and shows its code',
  'cli/': 'the providers that a user can name on the command line',
  'messages/history/': 'reads the messages and blocks of every library into one neutral form',
};

const lib = join(__dirname, '../../lib');
const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

/** What a file says in code: its tokens, without comments and without the paths of its imports. */
function tokensOf(text: string): string[] {
  const source = ts.createSourceFile('any.ts', text, ts.ScriptTarget.Latest, true);
  const tokens: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isPath(node)) return;
    // A template's and a regular expression's text are tokens, too.
    if (ts.isToken(node) || node.getChildCount(source) === 0) tokens.push(node.getText(source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return tokens;
}

function isPath(node: ts.Node): boolean {
  return (
    ts.isStringLiteral(node) &&
    (ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent))
  );
}

const found = (text: string): string[] => tokensOf(text).filter((token) => WORDS.test(token));

describe('the words of a provider', () => {
  it('stand in its own folder and in the rooms that read foreign forms', () => {
    const wrong = files
      .filter((file) => !Object.keys(rooms).some((room) => file.startsWith(room)))
      .flatMap((file) => {
        const words = found(readFileSync(join(lib, file), 'utf8'));
        return words.map((word) => `${file}: ${word}`);
      });
    expect(wrong).toEqual([]);
  });

  it('are spoken in every room, or it is one too many', () => {
    const silent = Object.keys(rooms).filter((room) =>
      files
        .filter((file) => file.startsWith(room))
        .every((file) => found(readFileSync(join(lib, file), 'utf8')).length === 0),
    );
    expect(silent).toEqual([]);
  });

  it.each([
    [`const a = { stop_reason: 1 };`, ['stop_reason']],
    [`if (type === 'tool_use') go();`, [`'tool_use'`]],
    ['const a = `x ${b} end_turn`;', ['} end_turn`']],
    [`const a = /_tool_result$/;`, ['/_tool_result$/']],
    [`call.max_tokens = 5;`, ['max_tokens']],
    [`type A = 'redacted_thinking' | 'b';`, [`'redacted_thinking'`]],
    [`// tool_use, as Anthropic has it\n/** stop_reason */ const a = 1;`, []],
    [`import { a } from '../anthropic/a.js';`, []],
    [`const a = message.tool_calls;`, []],
  ])('are found in %j: %j', (text, words) => {
    expect(found(text)).toEqual(words);
  });
});
