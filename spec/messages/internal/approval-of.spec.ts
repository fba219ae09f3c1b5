import { ToolMessage } from 'rxlm';
import { approvalFields, approvalIn } from '../../../lib/messages/internal/approval-of';

it.each(['requested', 'denied', 'elsewhere'] as const)('tells that a call is %s', (state) => {
  const told = new ToolMessage({ content: '', tool_call_id: '1', ...approvalFields(state) });
  expect(approvalIn(told)).toBe(state);
});

it.each([{}, { approval: 'given' }, { approval: true }])(
  'is nothing in %j',
  (additional_kwargs) => {
    const told = new ToolMessage({ content: '', tool_call_id: '1', additional_kwargs });
    expect(approvalIn(told)).toBeUndefined();
  },
);
