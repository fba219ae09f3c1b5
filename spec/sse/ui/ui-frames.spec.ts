import { lastValueFrom, map, of, toArray } from 'rxjs';
import { uiFrames } from '../../../lib/sse/ui/ui-frames';

describe('uiFrames', () => {
  it('tells the source as a UI message stream, with the config that it is given', async () => {
    const seen: unknown[] = [];
    const { source } = uiFrames(
      (config) => {
        seen.push(config);
        return of('gold');
      },
      { messageId: 'm1' },
    );
    const config = { runName: 'x' };
    const chunks = await lastValueFrom(source(config).pipe(toArray()));
    expect(chunks[0]).toEqual({ type: 'start', messageId: 'm1' });
    expect(seen).toEqual([config]);
    expect(await lastValueFrom(source({}).pipe(map(({ type }) => type)))).toBe('finish');
  });

  it('ends as the protocol does, with its header', () => {
    expect(uiFrames(of('gold'), { headers: { 'x-run': '7' } }).options).toEqual({
      end: { data: '[DONE]' },
      headers: { 'x-vercel-ai-ui-message-stream': 'v1', 'x-run': '7' },
    });
  });

  it('refuses options and sources that cannot be meant', () => {
    expect(() => uiFrames(5 as never, {})).toThrow(TypeError);
    expect(() => uiFrames(of('gold'), { messageId: 5 as never })).toThrow(TypeError);
  });
});
