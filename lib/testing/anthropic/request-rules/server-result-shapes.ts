import { cacheControl, documentBlock } from './media-shapes.js';
import { any, type Fields, list, number, type Shape, tagged, text } from './shape.js';

const problem: Fields = { error_code: text };
const problemWithText: Fields = { error_code: text, 'error_message?': text };
const caller = { 'caller?': any };

const result = (content: Shape, more: Fields = {}): Fields => ({
  tool_use_id: text,
  content,
  'cache_control?': cacheControl,
  ...more,
});

const searchResults = list(
  tagged({
    web_search_result: { url: text, title: text, encrypted_content: text, 'page_age?': text },
  }),
);
const searchProblem = tagged({ web_search_tool_result_error: problem });

const output = { stdout: text, stderr: text, return_code: number() };
const file = (type: string): Shape => list(tagged({ [type]: { file_id: text } }));

/** The results of tools that the provider has run itself, as the requests after them take them. */
export const serverResultBlocks: Readonly<Record<string, Fields>> = {
  web_search_tool_result: result(
    (value, path) => (Array.isArray(value) ? searchResults : searchProblem)(value, path),
    caller,
  ),
  web_fetch_tool_result: result(
    tagged({
      web_fetch_result: {
        url: text,
        content: tagged({ document: documentBlock }),
        'retrieved_at?': text,
      },
      web_fetch_tool_result_error: problem,
    }),
    caller,
  ),
  code_execution_tool_result: result(
    tagged({
      code_execution_result: { ...output, content: file('code_execution_output') },
      encrypted_code_execution_result: {
        encrypted_stdout: text,
        stderr: text,
        return_code: number(),
        content: file('code_execution_output'),
      },
      code_execution_tool_result_error: problem,
    }),
  ),
  bash_code_execution_tool_result: result(
    tagged({
      bash_code_execution_result: { ...output, content: file('bash_code_execution_output') },
      bash_code_execution_tool_result_error: problem,
    }),
  ),
  text_editor_code_execution_tool_result: result(
    tagged({
      text_editor_code_execution_view_result: {
        content: text,
        file_type: text,
        'num_lines?': number(),
        'start_line?': number(),
        'total_lines?': number(),
      },
      text_editor_code_execution_create_result: { is_file_update: any },
      text_editor_code_execution_str_replace_result: {
        'lines?': list(text),
        'new_lines?': number(),
        'new_start?': number(),
        'old_lines?': number(),
        'old_start?': number(),
      },
      text_editor_code_execution_tool_result_error: problemWithText,
    }),
  ),
  tool_search_tool_result: result(
    tagged({
      tool_search_tool_search_result: {
        tool_references: list(
          tagged({ tool_reference: { tool_name: text, 'cache_control?': cacheControl } }),
        ),
      },
      tool_search_tool_result_error: problemWithText,
    }),
  ),
  advisor_tool_result: result(
    tagged({
      advisor_result: { text, 'stop_reason?': text },
      advisor_redacted_result: { encrypted_content: text, 'stop_reason?': text },
      advisor_tool_result_error: problem,
    }),
  ),
};
