import { runMetrics } from '../../lib/marbles/run-metrics';
import { toDiagram } from '../../lib/marbles/to-diagram';
import { chunkOf, eventAt } from '../support/timed-events';

const say = (at: number, run_id: string, more: object = {}) =>
  eventAt(at, 'on_chat_model_stream', { run_id, data: { chunk: chunkOf('x', more) } });

describe('runMetrics', () => {
  it('measures the first token, the gaps within each model run, and sums up usage', () => {
    const diagram = toDiagram([
      eventAt(0, 'on_chat_model_start', { run_id: 'a' }),
      say(100, 'a'),
      say(110, 'a'),
      say(150, 'a', { usage_metadata: { input_tokens: 5, output_tokens: 6, total_tokens: 11 } }),
      eventAt(200, 'on_chat_model_start', { run_id: 'b' }),
      say(1000, 'b'),
      say(1100, 'b', { usage_metadata: { input_tokens: 1, output_tokens: 4, total_tokens: 5 } }),
    ]);
    expect(runMetrics(diagram)).toEqual({
      timeToFirstToken: 100,
      tokensPerSecond: 10,
      gaps: { p50: 40, p95: 100, max: 100 },
      usage: { input_tokens: 6, output_tokens: 10, total_tokens: 16 },
      retries: 0,
      bytes: 0,
    });
  });

  it('has no numbers of what has not happened', () => {
    expect(runMetrics(toDiagram([eventAt(0, 'on_chain_start')]))).toEqual({
      usage: {},
      retries: 0,
      bytes: 0,
    });
  });

  it('counts the bytes of the wire and the retries', () => {
    const wire = (at: number, data: object) =>
      eventAt(at, 'on_custom_event', { name: 'wire', run_id: 'w', data });
    const diagram = toDiagram([
      eventAt(0, 'on_chat_model_start'),
      wire(1, { phase: 'request' }),
      wire(2, { phase: 'bytes', bytes: 100 }),
      wire(3, { phase: 'bytes', bytes: 23 }),
      eventAt(4, 'on_chat_model_retry', { data: { delayMs: 5 } }),
    ]);
    expect(runMetrics(diagram)).toMatchObject({ bytes: 123, retries: 1 });
  });
});
