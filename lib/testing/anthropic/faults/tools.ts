import { recordingOf, type BlockParts } from '../make-recording.js';
import { fault } from './fault.js';

const piecesOf = (json: string, length: number): string[] =>
  json.match(new RegExp(`[^]{1,${length}}`, 'gu')) ?? [];

const toolMessage = (...content: BlockParts[]) =>
  recordingOf({
    id: 'msg_tool',
    content: [{ text: 'I look.' }, ...content],
    usage: { start: { input_tokens: 3, output_tokens: 1 }, end: { output_tokens: 7 } },
  });

/** Tool calls, and what their arguments can look like. */
export const toolFaults = {
  'tool-call': fault({
    doc: 'No fault: a text block, then a call of the tool `name` with `{"path":"a.txt","mode":"read"}`, in pieces of four characters, the first piece empty.',
    cases: ['T026', 'T134'],
    params: { name: 'open_file' },
    play: (stage, { name }) =>
      stage.stream(
        toolMessage({ tool: name, input: ['', ...piecesOf('{"path":"a.txt","mode":"read"}', 4)] }),
      ),
  }),
  'tool-no-args': fault({
    doc: 'No fault: a text block, then a call of a tool whose arguments are never sent, which means `{}`.',
    cases: ['T026'],
    play: (stage) => stage.stream(toolMessage({ tool: 'list_files', input: [] })),
  }),
  'tool-cut': fault({
    doc: 'A tool call whose body ends cleanly inside its arguments, where a lenient parser would see `{"path":"a.txt","mode":"rec"}`.',
    cases: ['T022', 'T025'],
    play: (stage) => {
      const events = toolMessage({ tool: 'open_file', input: ['{"path":"a.txt",', '"mode":"rec'] });
      return stage.stream(events.slice(0, -3));
    },
  }),
  'tool-json': fault({
    doc: 'A whole tool call whose arguments are `json` as it is, valid or not, in pieces of four characters.',
    cases: ['T040'],
    params: { json: '{"a":1,}}}' },
    play: (stage, { json }) =>
      stage.stream(toolMessage({ tool: 'open_file', input: piecesOf(json, 4) })),
  }),
  'tool-deep': fault({
    doc: 'A tool call whose arguments are arrays `depth` deep. `closed`: 1 for valid JSON, 0 for opening brackets only.',
    cases: ['T039'],
    params: { depth: 200_000, closed: 1 },
    play: (stage, { depth, closed }) => {
      const json = `{"a":${'['.repeat(depth)}${closed ? `${']'.repeat(depth)}}` : ''}`;
      return stage.stream(toolMessage({ tool: 'open_file', input: piecesOf(json, 50_000) }));
    },
  }),
  'tool-large': fault({
    doc: 'A tool call whose arguments, valid JSON, are exactly `bytes` bytes long.',
    cases: ['T007'],
    params: { bytes: 4 * 1024 * 1024 + 1 },
    play: (stage, { bytes }) => {
      const json = `{"a":"${'x'.repeat(bytes - '{"a":""}'.length)}"}`;
      return stage.stream(toolMessage({ tool: 'open_file', input: piecesOf(json, 50_000) }));
    },
  }),
};
