import { ToolMessage } from 'rxlm';
import {
  approvalFields,
  approvalIn,
  denialText,
  isPending,
} from '../../../lib/messages/internal/approval-of';

it.each([
  ['requested', true],
  ['elsewhere', true],
  ['denied', false],
  ['denied_before', false],
] as const)('says that a call is %s, which is %s for pending', (state, pending) => {
  const message = new ToolMessage({ content: '', tool_call_id: '1', ...approvalFields(state) });
  expect(approvalIn(message)).toBe(state);
  expect(isPending(message)).toBe(pending);
});

it.each([{}, { approval: 'given' }, { approval: true }])(
  'is nothing in %j',
  (additional_kwargs) => {
    const recorded = new ToolMessage({ content: '', tool_call_id: '1', additional_kwargs });
    expect(approvalIn(recorded)).toBeUndefined();
  },
);

it.each([
  ['Too much.', 'The call was denied. Too much.'],
  [' ', 'The call was denied.'],
  [undefined, 'The call was denied.'],
  [1, 'The call was denied.'],
])('says why a call was denied: %j', (reason, text) => {
  expect(denialText(reason)).toBe(text);
});
