import { runToSvg } from '../../lib/marbles/run-to-svg';
import { hostileEvents } from '../support/hostile-events';
import { modelEvents } from '../support/timed-events';

describe('runToSvg', () => {
  it('is the same text for the same events', () => {
    expect(runToSvg(modelEvents(['gold', 'fish']))).toBe(runToSvg(modelEvents(['gold', 'fish'])));
    expect(runToSvg(modelEvents(['gold', 'fish']), { width: 400 })).toMatchSnapshot();
  });

  it('is light and dark, and asks nothing of the network', () => {
    const svg = runToSvg(modelEvents(['gold']));
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|url\(|@import|<script/,
    );
  });

  it('shows hostile texts as text, cut, and stays well formed', () => {
    const svg = runToSvg(hostileEvents, { title: '"><script>alert(1)</script>' });
    expect(svg).not.toMatch(/<(script|img|foreignObject|b)\b/i);
    // eslint-disable-next-line no-control-regex -- they are what must not be there
    expect(svg).not.toMatch(/[\0-\x08\x0b-\x1f\u202e\u2066\ufffe\p{Cs}]/u);
    expect(svg.length).toBeLessThan(20_000);
    expect(svg.match(/<text /g)?.length).toBe(svg.match(/<\/text>/g)?.length);
  });

  it('says what is wrong with its arguments', () => {
    expect(() => runToSvg([], { width: 10 })).toThrow('width must be a number of pixels from 320');
    expect(() => runToSvg([{} as never])).toThrow('events must have elements');
    expect(runToSvg([])).toContain('Marbles of no run');
  });
});
