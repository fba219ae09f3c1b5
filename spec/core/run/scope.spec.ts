import { lambda, type RunConfig } from 'rxlm';
import { type Scope, SCOPE } from '../../../lib/core/run/scope.js';
import { record } from '../../support/run-events.js';

async function scopeIn(config: RunConfig): Promise<{ own: RunConfig; scope: Scope }> {
  return new Promise((resolve, reject) => {
    lambda((_: string, own) => {
      resolve({ own, scope: own[SCOPE] as Scope });
    })
      .invoke('q', config)
      .catch(reject);
  });
}

describe('the scope in a config', () => {
  it('is under a registered, enumerable symbol: copies of config and package hand it on', async () => {
    const { own, scope } = await scopeIn({});
    expect(SCOPE).toBe(Symbol.for('rxlm.scope'));
    expect({ ...own, tags: ['more'] }[SCOPE]).toBe(scope);
  });

  it('reports events of its run, by the name given, until the run is over', async () => {
    const { events, listener } = record();
    await lambda((_: string, { [SCOPE]: scope }) => {
      scope?.emit('on_custom_event', 1, 'progress');
    }).invoke('q', { listeners: [listener], runId: 'r' });
    expect(events.map(({ event, name, run_id }) => [event, name, run_id])).toEqual([
      ['on_chain_start', 'RunnableLambda', 'r'],
      ['on_custom_event', 'progress', 'r'],
      ['on_chain_stream', 'RunnableLambda', 'r'],
      ['on_chain_end', 'RunnableLambda', 'r'],
    ]);
  });

  it('[3] reports nothing of a run that is over', async () => {
    const { events, listener } = record();
    const { scope } = await scopeIn({ listeners: [listener] });
    const before = events.length;
    scope.emit('on_custom_event', 1, 'late');
    expect(events).toHaveLength(before);
  });
});
