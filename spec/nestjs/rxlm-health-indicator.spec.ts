import { NEVER, throwError, VirtualTimeScheduler } from 'rxjs';
import { AIMessageChunk, ChatModel, ModelError, withConfig } from 'rxlm';
import { RxlmHealthIndicator } from '../../lib/nestjs/rxlm-health-indicator.js';
import { FakeStream } from '../support/models';

const failing = (code: 'overloaded' | 'invalid_request' = 'overloaded'): ChatModel =>
  new FakeStream(() => throwError(() => new ModelError('busy', { code, provider: 'x' })));
const working: ChatModel = new FakeStream(() => [new AIMessageChunk('fish')]);

describe('RxlmHealthIndicator', () => {
  const scheduler = new VirtualTimeScheduler();
  const health = new RxlmHealthIndicator({ maxFailures: 2, recoverAfterMs: 1000, scheduler });
  const run = (model: ChatModel) =>
    withConfig(model, { listeners: [health.listener] })
      .stream$('Hi')
      .subscribe({ error: () => undefined });

  it('is up before there was a run', () => {
    expect(new RxlmHealthIndicator().isHealthy()).toEqual({
      rxlm: { status: 'up', open: 0, failures: 0 },
    });
  });

  it('is down after failures in a row, and up with the next success', () => {
    run(failing());
    expect(health.isHealthy('models')).toEqual({
      models: { status: 'up', open: 0, failures: 1, code: 'overloaded' },
    });
    run(failing());
    expect(health.isHealthy().rxlm).toMatchObject({ status: 'down', failures: 2 });
    run(working);
    expect(health.isHealthy().rxlm).toEqual({ status: 'up', open: 0, failures: 0 });
  });

  it('is up again some time after the last failure, so that a call can prove it', () => {
    run(failing());
    run(failing());
    expect(health.isHealthy().rxlm.status).toBe('down');
    scheduler.schedule(() => undefined, 1000);
    scheduler.flush();
    expect(health.isHealthy().rxlm).toMatchObject({ status: 'up', failures: 2 });
    run(failing());
    expect(health.isHealthy().rxlm.status).toBe('down');
    run(working);
  });

  it('counts neither what was cancelled nor what the request is at fault for', () => {
    const open = run(new FakeStream(() => NEVER));
    expect(health.isHealthy().rxlm.open).toBe(1);
    open.unsubscribe();
    run(failing('invalid_request'));
    expect(health.isHealthy().rxlm).toEqual({ status: 'up', open: 0, failures: 0 });
  });

  it.each([
    [{ maxFailures: 0 }, 'maxFailures must be a number above 0, got 0'],
    [{ recoverAfterMs: '1' }, 'recoverAfterMs must be a number above 0, got "1"'],
  ])('does not take %p', (options, message) => {
    expect(() => new RxlmHealthIndicator(options as never)).toThrow(new TypeError(message));
  });
});
