import { lastValueFrom, map, of, throwError, toArray } from 'rxjs';
import { lambda } from 'rxlm';
import { runOf } from '../../../lib/sse/server/run-of.js';
import { refusedAtCall, type SseSource } from '../../../lib/sse/server/sse-source.js';
import { toUIMessageStreamResponse } from '../../../lib/sse/ui/to-ui-message-stream-response';
import { uiFrames } from '../../../lib/sse/ui/ui-frames';

describe('uiFrames', () => {
  it('reports the source as a UI message stream, with the config that it is given', async () => {
    const seen: unknown[] = [];
    const { source } = uiFrames(
      (config) => {
        seen.push(config);
        return of('gold');
      },
      { messageId: 'm1' },
      'writeUIMessageStream',
    );
    const config = { runName: 'x' };
    const chunks = await lastValueFrom(source(config).pipe(toArray()));
    expect(chunks[0]).toEqual({ type: 'start', messageId: 'm1' });
    expect(seen).toEqual([config]);
    expect(await lastValueFrom(source({}).pipe(map(({ type }) => type)))).toBe('finish');
  });

  it('ends as the protocol does, with its header', () => {
    expect(uiFrames(of('gold'), { headers: { 'x-run': '7' } }, 'e').options).toEqual({
      onError: undefined,
      end: { data: '[DONE]' },
      headers: { 'x-vercel-ai-ui-message-stream': 'v1', 'x-run': '7' },
    });
  });

  it('leaves headers that cannot be read to the edge, which answers 500', async () => {
    const failing = {
      get a(): string {
        throw new Error('sk-canary');
      },
    };
    for (const headers of [failing, null, 5, 'a: b', [['a', 'b']], new Headers({ a: 'b' })]) {
      const heard: unknown[] = [];
      const onError = (error: unknown) => heard.push(error);
      const options = { headers: headers as never, onError };
      expect(uiFrames(of('gold'), options, 'e').options.headers).toBe(headers);
      const response = toUIMessageStreamResponse(of('gold'), options);
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain('sk-canary');
      expect(heard).toHaveLength(1);
    }
  });

  it('refuses options and sources that is invalid', () => {
    expect(() => uiFrames(5 as never, {}, 'e')).toThrow(TypeError);
    expect(() => uiFrames(of('gold'), { messageId: 5 as never }, 'e')).toThrow(TypeError);
  });

  it('reports what fails, says the rest by a safe text, and keeps a refusal one', async () => {
    const heard: unknown[] = [];
    const onError = (...given: unknown[]) => heard.push(given);
    const typesOf = async (source: SseSource<string>, options = {}) =>
      lastValueFrom(
        uiFrames(source, { onError, ...options }, 'e')
          .source({})
          .pipe(
            map(({ type }) => type),
            toArray(),
          ),
      );
    const secret = new Error('sk-canary');
    const fails = () => {
      throw secret;
    };
    expect(await typesOf(throwError(() => secret))).toEqual(['start', 'error']);
    expect(await typesOf(fails)).toEqual(['start', 'error']);
    expect(await typesOf(of('gold'), { messageMetadata: fails })).toContain('error');
    expect(heard).toEqual(['run', 'run', 'edge'].map((when) => [secret, { edge: 'e', when }]));
    const refused = uiFrames(runOf(lambda(fails), 5) as SseSource<string>, {}, 'e').source;
    expect(refusedAtCall(refused)).toBeInstanceOf(TypeError);
  });

  it('leaves headers that are no plain object to the edge, which refuses them', () => {
    for (const headers of [new Headers({ 'x-run': '7' }), ['x'], 'x'])
      expect(uiFrames(of('gold'), { headers: headers as never }, 'e').options.headers).toBe(
        headers,
      );
  });
});
