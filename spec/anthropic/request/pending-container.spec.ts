import { AIMessage } from 'rxlm';
import { coerceMessages } from 'rxlm/provider';
import { pendingContainer } from '../../../lib/anthropic/request/pending-container';
import { toRequest } from '../../../lib/anthropic/request/to-request';
import { refusalOf } from '../../../lib/testing/anthropic/request-rules/check-request';

const answer = new AIMessage({
  content: [
    { type: 'server_tool_use', id: 'srvtoolu_1', name: 'code_execution', input: { code: 'a' } },
    {
      type: 'tool_use',
      id: 'toolu_1',
      name: 'add',
      input: {},
      caller: { type: 'code_execution_20250825', tool_id: 'srvtoolu_1' },
    },
  ],
  response_metadata: { container: { id: 'container_1', expires_at: '2026-01-01' } },
});
const result = { role: 'tool', tool_call_id: 'toolu_1', content: '3' };
const bodyOf = (history: readonly unknown[], container?: unknown) =>
  toRequest(coerceMessages([['human', 'Hi'], answer, ...history] as never), {
    model: 'm',
    maxTokens: 1,
    ...(container === undefined ? {} : { invocationKwargs: { container } }),
  }).body;

it.each<[string, unknown, unknown]>([
  ['is that of the answer', undefined, 'container_1'],
  ['is that which is given', 'container_2', 'container_2'],
  ['has the skills that are given', { skills: [] }, { id: 'container_1', skills: [] }],
  ['is that which is given with skills', { id: 'c', skills: [] }, { id: 'c', skills: [] }],
])('[29] the container of code that waits for results %s', (_, given, sent) => {
  const body = bodyOf([result], given);
  expect(body['container']).toEqual(sent);
  expect(refusalOf(body)).toBeUndefined();
});

it('[29] stays that of the last answer that says one, as long as nobody says anything', () => {
  const caller = { type: 'code_execution_20250825', tool_id: 'srvtoolu_1' };
  const again = { type: 'tool_use', id: 'toolu_2', name: 'add', input: {}, caller };
  const body = bodyOf([
    result,
    new AIMessage({ content: [again] }),
    { ...result, tool_call_id: 'toolu_2' },
  ]);
  expect(body['container']).toBe('container_1');
  expect(refusalOf(body)).toBeUndefined();
});

it('[29] is not named after a later message of the user, or no answer says one', () => {
  const done = {
    type: 'code_execution_tool_result',
    tool_use_id: 'srvtoolu_1',
    content: {
      type: 'code_execution_result',
      stdout: '3',
      stderr: '',
      return_code: 0,
      content: [],
    },
  };
  for (const history of [
    [result, new AIMessage({ content: [done, { type: 'text', text: '3' }] }), ['human', 'a']],
    [['human', 'Go on.']],
  ])
    expect(bodyOf(history)).not.toHaveProperty('container');
  for (const container of [null, {}, { id: 3 }, 'c'])
    expect(
      pendingContainer([new AIMessage({ content: 'a', response_metadata: { container } })]),
    ).toBeUndefined();
  expect(pendingContainer([])).toBeUndefined();
});
