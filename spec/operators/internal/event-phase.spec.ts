import { isEnding, phaseOf } from '../../../lib/operators/internal/event-phase.js';

describe('phaseOf', () => {
  it.each([
    ['on_chat_model_start', 'start'],
    ['on_chat_model_stream', 'stream'],
    ['on_tool_error', 'error'],
    ['on_chat_model_retry', 'retry'],
    ['on_custom_event', 'event'],
  ])('is of %s %s', (event, phase) => {
    expect(phaseOf(event)).toBe(phase);
  });
});

describe('isEnding', () => {
  it('[3] is emitted once for a run, as its last event', () => {
    const phases = ['start', 'stream', 'end', 'error', 'cancel', 'retry', 'event'];
    expect(phases.filter(isEnding)).toEqual(['end', 'error', 'cancel']);
  });
});
