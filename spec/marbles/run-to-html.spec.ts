import { runToHtml } from '../../lib/marbles/run-to-html';
import { hostileEvents } from '../support/hostile-events';
import { modelEvents } from '../support/timed-events';

describe('runToHtml', () => {
  it('is one file: marbles, scrubber, metrics and the events', () => {
    const html = runToHtml(modelEvents(['gold', 'fish']));
    expect(html).toBe(runToHtml(modelEvents(['gold', 'fish'])));
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain('4 events in 3 ms · first token after 1 ms');
    expect(html.match(/<tr data-at/g)).toHaveLength(4);
    expect(html).toContain('<input id="time" type="range" min="0" max="3"');
  });

  it('asks nothing of the network and allows one script', () => {
    const html = runToHtml(modelEvents(['gold']));
    expect(html.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|url\(|@import| src=/,
    );
    expect(html).toContain("default-src 'none'");
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  it('shows hostile texts as text, cut', () => {
    const html = runToHtml(hostileEvents);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toMatch(/<(img|foreignObject|b)\b/i);
    expect(html.length).toBeLessThan(30_000);
  });

  it('lists no more than a thousand events, and says how many are not listed', () => {
    const html = runToHtml(modelEvents(Array<string>(2000).fill('x')));
    expect(html.match(/<tr data-at/g)).toHaveLength(1000);
    expect(html).toContain('1002 more events are not listed.');
  });
});
