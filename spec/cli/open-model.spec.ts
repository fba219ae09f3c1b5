import { openModel, openReplay } from '../../lib/cli/open-model';
import { chatStream } from '../support/decode-stream';
import { startWireServer, streamed } from '../support/wire-server';
import { recordingOf } from '../../lib/testing/anthropic/make-recording';

const NO_KEY = {};
const target = {
  provider: 'anthropic' as const,
  live: false,
  baseURL: undefined,
  model: undefined,
};

describe('openModel', () => {
  it('plays a recording unless it is asked for more, and says so', async () => {
    const { model, close, note } = await openModel(target, NO_KEY);
    expect(note).toContain('recorded');
    expect((await model.invoke('Hi')).text).toMatch(/^Here is a 1 verse song/);
    await close();
  });

  it('asks the provider that is named', async () => {
    const server = await startWireServer();
    server.answer(
      streamed(
        chatStream({ choices: [{ delta: { content: 'Hi' }, finish_reason: 'stop' }] }, '[DONE]'),
      ),
      streamed(
        chatStream({
          candidates: [{ content: { parts: [{ text: 'Hey' }] }, finishReason: 'STOP' }],
        }),
      ),
      streamed('{"message":{"content":"Ho"},"done":true}\n', 'application/x-ndjson'),
    );
    const said = [];
    for (const provider of ['openai', 'google', 'ollama'] as const) {
      const asked = { ...target, provider, baseURL: server.url, model: 'm' };
      const { model } = await openModel(asked, {
        OPENAI_API_KEY: 'a-key',
        GEMINI_API_KEY: 'a-google-key',
      });
      said.push((await model.invoke('?')).text);
    }
    await server.close();
    expect(said).toEqual(['Hi', 'Hey', 'Ho']);
    expect(server.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/chat/completions', 'Bearer a-key'],
      ['/models/m:streamGenerateContent?alt=sse', undefined],
      ['/api/chat', undefined],
    ]);
    expect(server.requests[1]?.headers['x-goog-api-key']).toBe('a-google-key');
  });

  it('asks the real API, or a server of one’s own, without a word', async () => {
    for (const asked of [
      { ...target, live: true },
      { ...target, baseURL: 'http://127.0.0.1:9' },
      { ...target, provider: 'openai' as const, baseURL: 'http://127.0.0.1:9', model: 'm' },
      { ...target, provider: 'ollama' as const, live: true, model: 'm' },
    ]) {
      const { note, close } = await openModel(asked, NO_KEY);
      expect(note).toBeUndefined();
      await close();
    }
  });
});

describe('openReplay', () => {
  it('answers with what it is given, until it is closed', async () => {
    const { model, close } = await openReplay(
      { recordings: [recordingOf({ tokens: ['gold', 'fish'] })] },
      'a note',
    );
    expect((await model.invoke('Hi')).text).toBe('goldfish');
    await close();
    await expect(model.invoke('Hi', { timeout: 200 })).rejects.toThrow();
  });
});
