import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { EventFeed } from '../../../lib/page/internal/event-feed';
import { eventAt } from '../../support/timed-events';

class Page extends EventEmitter {
  readonly written: string[] = [];
  writableLength = 0;
  writeHead() {}
  write(text: string) {
    this.written.push(text);
  }
}
const frame = (at: number) => `data: ${JSON.stringify(eventAt(at, 'on_chain_start'))}\n\n`;

describe('EventFeed', () => {
  it('sends what was and what comes, until the page leaves', () => {
    const feed = new EventFeed();
    const page = new Page();
    feed.add(eventAt(1, 'on_chain_start'));
    feed.send(page as unknown as ServerResponse);
    feed.add(eventAt(2, 'on_chain_start'));
    page.emit('close');
    feed.add(eventAt(3, 'on_chain_start'));
    expect(page.written.slice(1)).toEqual([frame(1), frame(2)]);
  });

  it('drops events for a page that takes nothing', () => {
    const feed = new EventFeed();
    const page = new Page();
    feed.send(page as unknown as ServerResponse);
    page.writableLength = 50_000_000;
    feed.add(eventAt(1, 'on_chain_start'));
    page.writableLength = 0;
    feed.add(eventAt(2, 'on_chain_start'));
    expect(page.written.slice(1)).toEqual([frame(2)]);
  });
});
