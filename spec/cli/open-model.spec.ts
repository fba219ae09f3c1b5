import { openModel, openReplay } from '../../lib/cli/open-model';
import { recordingOf } from '../../lib/testing/anthropic/recording-of';

const NO_KEY = {};
const target = { live: false, baseURL: undefined, model: undefined };

describe('openModel', () => {
  it('plays a recording unless it is asked for more, and says so', async () => {
    const { model, close, note } = await openModel(target, NO_KEY);
    expect(note).toContain('recorded');
    expect((await model.invoke('Hi')).text).toMatch(/^Here is a 1 verse song/);
    await close();
  });

  it('asks the real API, or a server of one’s own, without a word', async () => {
    for (const asked of [
      { ...target, live: true },
      { ...target, baseURL: 'http://127.0.0.1:9' },
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
