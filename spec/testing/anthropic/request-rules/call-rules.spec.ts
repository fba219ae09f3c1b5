import { wrongCall } from '../../../../lib/testing/anthropic/request-rules/call-rules.js';
import { readRequest } from '../../../../lib/testing/anthropic/request-rules/request.js';
import {
  type Body,
  assistant,
  call,
  request,
  result,
  text,
  user,
} from '../../request-rules/requests.js';

const wrongIn = (...messages: Body[]): string | undefined =>
  wrongCall(readRequest(request({ messages: [user(text('Hi')), ...messages] })));

it.each<[string, Body[]]>([
  ['a call and its result', [assistant(text('a'), call('a')), user(result('a'))]],
  ['a text behind the results', [assistant(call('a')), user(result('a'), text('And?'))]],
  ['results in another order', [assistant(call('a'), call('b')), user(result('b'), result('a'))]],
  [
    'results in two messages',
    [assistant(call('a'), call('b')), user(result('a')), user(result('b'))],
  ],
  ['a turn in two messages', [assistant(text('a')), assistant(call('a')), user(result('a'))]],
  [
    'call after call',
    [
      assistant(call('a')),
      user(result('a')),
      assistant(call('b')),
      user(result('b')),
      assistant(text('c')),
    ],
  ],
])('takes %s', (_, messages) => {
  expect(wrongIn(...messages)).toBeUndefined();
});

const open = (...ids: string[]): RegExp =>
  new RegExp(
    `^messages\\.1: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${ids.join(', ')}\\.`,
  );
const unexpected =
  /^messages\.\d\.content\.\d: unexpected `tool_use_id` found in `tool_result` blocks: /;

it.each<[string, RegExp, Body[]]>([
  ['a call at the end', open('a'), [assistant(call('a'))]],
  ['a call without a result', open('a'), [assistant(call('a')), user(text('And?'))]],
  ['one of two without a result', open('b'), [assistant(call('a'), call('b')), user(result('a'))]],
  ['a text before the result', open('a'), [assistant(call('a')), user(text('So:'), result('a'))]],
  ['a text behind the call', open('a'), [assistant(call('a'), text('b')), user(result('a'))]],
  [
    'a text behind the call, in a message of its own',
    /^messages\.2: `tool_use` ids were found/,
    [assistant(call('a')), assistant(text('b')), user(result('a'))],
  ],
  [
    'a result too late',
    open('a'),
    [assistant(call('a')), user(text('b')), assistant(text('c')), user(result('a'))],
  ],
  ['a result whose call is gone', unexpected, [assistant(text('a')), user(result('a'))]],
  ['a result of another call', unexpected, [assistant(call('a')), user(result('a'), result('b'))]],
  [
    'a result twice',
    /^messages\.2\.content\.1: each tool_use must have a single result\./,
    [assistant(call('a')), user(result('a'), result('a'))],
  ],
  [
    'an id twice',
    /^messages\.3\.content\.0: `tool_use` ids must be unique$/,
    [assistant(call('a')), user(result('a')), assistant(call('a')), user(result('a'))],
  ],
  [
    'a call of the user',
    /^messages\.1: `tool_use` blocks can only be in `assistant` messages$/,
    [user(call('a'))],
  ],
  [
    'a result of the assistant',
    /^messages\.1: `tool_result` blocks can only be in `user` messages$/,
    [assistant(result('a'))],
  ],
])('refuses %s', (_, message, messages) => {
  expect(wrongIn(...messages)).toMatch(message);
});
