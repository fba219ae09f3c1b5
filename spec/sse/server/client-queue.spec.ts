import { of } from 'rxjs';
import { AIMessageChunk } from '../../../lib/messages/ai-message-chunk.js';
import { ClientQueue } from '../../../lib/sse/server/client-queue.js';
import { FrameMaker } from '../../../lib/sse/frames/frame-maker.js';
import { sseEvents } from '../sse-events.js';

const queueOf = () => new ClientQueue<unknown>(new FrameMaker({ end: 'end' }));

describe('ClientQueue', () => {
  it('[19] merges what waits where nothing is lost, numbered by the last of it', async () => {
    const queue = queueOf();
    const text = (content: string) => new AIMessageChunk(content, 'run-1');
    for (const value of [text('gold'), text('fish'), { other: 1 }, 'a', 'b', 'c']) queue.put(value);
    const events = await sseEvents(of(queue.take()));
    expect(events.map(({ id }) => id)).toEqual(['2', '3', '6']);
    expect(events.map(({ data }) => JSON.parse(data) as unknown)).toMatchObject([
      { content: 'goldfish' },
      { other: 1 },
      'abc',
    ]);
    expect(queue.take()).toBe('');
  });

  it('knows how much waits, of the value that may still grow about', () => {
    const queue = queueOf();
    expect(queue.size).toBe(0);
    queue.put({ a: 1 });
    expect(queue.size).toBe(0);
    queue.put('b');
    const before = 'id: 1\ndata: {"a":1}\n\n'.length;
    expect(queue.size).toBe(before + 1);
    queue.put('cd');
    expect(queue.size).toBe(before + 3);
    queue.put('efg');
    expect(queue.size).toBe(before + 6);
    queue.put(1n);
    expect(queue.size).toBeGreaterThan(before);
  });

  it('[19] counts also what merges without an end, and loses none of it', async () => {
    const queue = queueOf();
    for (let index = 0; index < 1000; index += 1) queue.put(`${String(index)},`);
    expect(queue.size).toBeGreaterThan(3000);
    const events = await sseEvents(of(queue.take()));
    expect(events.length).toBeLessThan(20);
    const text = events.map(({ data }) => JSON.parse(data) as string).join('');
    expect(text.split(',')).toHaveLength(1001);
    expect(events.at(-1)?.id).toBe('1000');
  });
});
