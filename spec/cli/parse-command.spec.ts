import { parseCommand } from '../../lib/cli/parse-command';
import { UsageError } from '../../lib/cli/usage-error';

const parse = (line: string) => parseCommand(line === '' ? [] : line.split(' '));

describe('parseCommand', () => {
  const target = { provider: 'anthropic', live: false, baseURL: undefined, model: undefined };

  it.each([
    ['stream hi', { name: 'stream', prompt: 'hi', target, print: { delimiter: '', json: false } }],
    ['stream hi --delimiter | --json', { print: { delimiter: '|', json: true } }],
    [
      'stream hi --provider openai --base-url http://a.test --model m',
      { target: { provider: 'openai', live: false, baseURL: 'http://a.test', model: 'm' } },
    ],
    [
      'stream hi --live --model m --provider anthropic',
      { target: { provider: 'anthropic', live: true, baseURL: undefined, model: 'm' } },
    ],
    [
      'stream hi --base-url http://a.test',
      {
        target: { provider: 'anthropic', live: false, baseURL: 'http://a.test', model: undefined },
      },
    ],
    [
      'events hi',
      { name: 'events', prompt: 'hi', version: 'v2', take: undefined, includeTypes: undefined },
    ],
    [
      'events hi --take 5 --version v1 --include-types chat_model,parser',
      { take: 5, version: 'v1', includeTypes: ['chat_model', 'parser'] },
    ],
    ['events hi --svg a.svg', { pictures: { svg: 'a.svg', html: undefined } }],
    ['page', { name: 'page', port: undefined }],
    ['page --port 0', { port: 0 }],
    ['replay a.ndjson', { name: 'replay', file: 'a.ndjson', speed: Infinity }],
    ['replay a.ndjson --speed 10', { speed: 10 }],
    ['--help', { name: 'help' }],
    ['stream --help', { name: 'help' }],
    ['--version', { name: 'version' }],
  ])('reads: rxlm %s', (line, command) => {
    expect(parse(line)).toMatchObject(command);
  });

  it.each([
    ['', /no command/],
    ['page here', /page takes no argument/],
    ['page --port 99999', /--port must be a whole number/],
    ['sing hi', /no command "sing"/],
    ['constructor hi', /no command "constructor"/],
    ['stream', /needs a prompt/],
    ['replay', /needs a file/],
    ['stream two words', /one argument/],
    ['stream hi --take 5', /stream does not take --take/],
    ['events hi --take 0', /--take must be/],
    ['events hi --take 1.5', /--take must be a whole number/],
    ['events hi --version v3', /v1 or v2/],
    ['stream hi --provider other', /no provider "other"/],
    ['stream hi --provider openai --model m', /openai needs --live or --base-url/],
    ['stream hi --provider ollama --live', /ollama needs --model/],
    ['stream hi --nonsense', /nonsense/],
    ['replay a --speed fast', /--speed must be a number above 0, got "fast"/],
  ])('refuses: rxlm %s', (line, message) => {
    expect(() => parse(line)).toThrow(UsageError);
    expect(() => parse(line)).toThrow(message);
  });
});
