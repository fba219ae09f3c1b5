import { lastValueFrom, toArray } from 'rxjs';
import { ChatOpenAI } from 'rxlm/openai';
import { RawDecoder } from '../../../lib/http/decoder/raw-decoder.js';
import { chatStream } from '../../support/decode-stream';
import { startWireServer, streamed } from '../../support/wire-server';

describe('RawDecoder', () => {
  it('hands on each event before it is decoded, and decodes as without it', () => {
    const seen: unknown[] = [];
    const inner = {
      complete: false,
      event: (name: string, data: string) => {
        seen.push([name, data]);
        inner.complete = data === 'last';
        return data !== 'ping';
      },
      end: (rest: unknown) => rest === undefined,
    };
    const decoder = new RawDecoder(inner, (event) => seen.push(event));
    expect([decoder.event('a', '{"b":1}'), decoder.event('', 'ping')]).toEqual([true, false]);
    expect(decoder.complete).toBe(false);
    decoder.event('', 'last');
    expect(decoder.complete).toBe(true);
    expect([decoder.end(undefined), decoder.end({ name: '', data: '' })]).toEqual([true, false]);
    expect(seen.slice(0, 4)).toEqual([
      { event: 'a', data: { b: 1 } },
      ['a', '{"b":1}'],
      { event: '', data: 'ping' },
      ['', 'ping'],
    ]);
  });

  it('reports as custom events on request, never as chunks', async () => {
    const server = await startWireServer();
    const text = {
      id: 'c',
      choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }],
    };
    server.answer(streamed(chatStream(text, '[DONE]')), streamed(chatStream(text, '[DONE]')));
    const eventsOf = (raw: boolean) => {
      const model = new ChatOpenAI({ model: 'm', baseURL: server.url, raw });
      return lastValueFrom(model.events$('Hi').pipe(toArray()));
    };
    const raw = await eventsOf(true);
    const plain = await eventsOf(false);
    await server.close();
    const custom = raw.filter(({ event }) => event === 'on_custom_event');
    expect(custom.map(({ name, data }) => [name, data])).toEqual([
      ['provider_raw', { event: 'message', data: text }],
      ['provider_raw', { event: 'message', data: '[DONE]' }],
    ]);
    const names = (events: typeof raw) => events.map(({ event }) => event);
    expect(names(raw).filter((name) => name !== 'on_custom_event')).toEqual(names(plain));
  });
});
