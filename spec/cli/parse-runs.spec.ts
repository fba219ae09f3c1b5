import { parseCommand } from '../../lib/cli/parse-command';
import { UsageError } from '../../lib/cli/usage-error';

const URL = 'redis://127.0.0.1:6379';
const parse = (line: string, env = {}) => parseCommand(line.split(' '), env);

describe('parseCommand of runs', () => {
  it.each([
    ['runs list', { action: { name: 'list' }, print: { json: false }, prefix: undefined }],
    ['runs list --json --prefix a:', { prefix: 'a:', print: { json: true } }],
    ['runs join a-1', { action: { name: 'join', id: 'a-1', after: undefined } }],
    ['runs join a-1 --after 17.4', { action: { name: 'join', id: 'a-1', after: '17.4' } }],
    ['runs cancel a-1', { action: { name: 'cancel', id: 'a-1' } }],
  ])('reads %s', (line, command) => {
    expect(parse(`${line} --redis ${URL}`)).toMatchObject({ name: 'runs', redis: URL, ...command });
  });

  it('takes REDIS_URL where no address is given', () => {
    expect(parse('runs list', { REDIS_URL: URL })).toMatchObject({ redis: URL });
    expect(parse(`runs list --redis ${URL}1`, { REDIS_URL: URL })).toMatchObject({
      redis: `${URL}1`,
    });
  });

  it.each([
    ['runs list', 'needs --redis'],
    ['runs list --redis http://a', 'needs --redis'],
    [`runs --redis ${URL}`, 'runs takes list, join ID or cancel ID'],
    [`runs drop a --redis ${URL}`, 'runs takes list, join ID or cancel ID'],
    [`runs list a --redis ${URL}`, 'runs takes list, join ID or cancel ID'],
    [`runs join a b --redis ${URL}`, 'runs takes list, join ID or cancel ID'],
    [`runs join --redis ${URL}`, 'runs join needs the id of a run'],
    [`runs cancel a/b --redis ${URL}`, 'runs cancel needs the id of a run'],
    [`runs join a --after 4 --redis ${URL}`, '--after must be the id of a value, for join'],
    [`runs cancel a --after 1.4 --redis ${URL}`, '--after must be the id of a value, for join'],
    [`runs list --prefix {a} --redis ${URL}`, '--prefix must be without braces'],
    [`runs list --live --redis ${URL}`, 'runs does not take --live'],
    ['stream hi --redis redis://a', 'stream does not take --redis'],
  ])('refuses %s', (line, message) => {
    expect(() => parse(line)).toThrow(UsageError);
    expect(() => parse(line)).toThrow(message);
  });
});
