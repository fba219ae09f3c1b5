import { withoutForeignTexts } from '../../../lib/page/internal/without-foreign-texts';
import { eventAt } from '../../support/timed-events';

const failed = (event: string, error: unknown) =>
  eventAt(0, event, { data: { error, input: 1 } }).value;

describe('withoutForeignTexts', () => {
  it('hides what others have thrown, and whatever a tool has', () => {
    for (const event of [
      failed('on_chain_error', { name: 'Error', message: 'sk-secret', stack: 'sk-secret' }),
      failed('on_chain_error', { name: 'ToolError', code: 'failed', message: 'sk-secret' }),
      failed('on_tool_error', { name: 'ModelError', code: 'timeout', message: 'sk-secret' }),
    ]) {
      expect(JSON.stringify(withoutForeignTexts(event))).not.toContain('sk-secret');
      expect(withoutForeignTexts(event)).toMatchObject({ event: event.event, data: { input: 1 } });
    }
  });

  it('leaves the errors of rxlm and all other events as they are', () => {
    for (const event of [
      failed('on_chat_model_error', {
        name: 'ModelError',
        code: 'overloaded',
        message: 'Overloaded',
      }),
      eventAt(0, 'on_chain_start', { data: { input: 'x' } }).value,
      eventAt(0, 'on_custom_event', { data: null }).value,
    ])
      expect(withoutForeignTexts(event)).toBe(event);
  });
});
