import { lastValueFrom, take, toArray } from 'rxjs';
import { RecordedModel } from '../../lib/page/recorded-model';
import { recordingOf } from '../../lib/testing/anthropic/make-recording';
import { startReplayServer } from '../../lib/testing/anthropic/replay-server';

describe('RecordedModel', () => {
  it('reads a recorded answer as ChatAnthropic reads a real one', async () => {
    const recordings = [recordingOf({ tokens: ['gold', 'fish'] })];
    const server = await startReplayServer({ recordings });
    const model = new RecordedModel(server.url, 'm');
    const events = await lastValueFrom(model.events$('Hi').pipe(toArray()));
    expect(events.at(-1)).toMatchObject({
      event: 'on_chat_model_end',
      name: 'ChatAnthropic',
      data: { output: { text: 'goldfish', finish_reason: 'stop' } },
      metadata: { ls_provider: 'anthropic', ls_model_name: 'm' },
    });
    expect(server.requests[0]?.body).toMatchObject({ messages: [{ content: 'Hi' }] });
    await server.close();
  });

  it('says that an answer was cut, and closes its request when it is left', async () => {
    const recording = recordingOf({ tokens: ['gold', 'fish'] });
    const server = await startReplayServer({
      recordings: [recording.slice(0, -1), recording],
      delayMs: 20,
    });
    const model = new RecordedModel(server.url, 'm');
    await expect(model.invoke('Hi')).rejects.toMatchObject({ code: 'truncated' });
    await lastValueFrom(model.stream$('Hi').pipe(take(1)));
    expect(await server.requests[1]?.closed).toMatchObject({ by: 'client' });
    await server.close();
  });
});
