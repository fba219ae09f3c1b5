import { paintSvg } from '../../../lib/marbles/internal/paint-svg';
import type { MarkKind } from '../../../lib/marbles/diagram';
import type { Shape } from '../../../lib/marbles/shapes';

const KINDS: MarkKind[] = [
  'start',
  'text',
  'reasoning',
  'arguments',
  'value',
  'custom',
  'retry',
  'bytes',
];
const marble = (kind: MarkKind): Shape => ({
  ...{ shape: 'marble', kind, x: 100, y: 50, radius: 4, at: 1.26, lane: 0, count: 1, event: 0 },
  title: '<&>',
});
const paint = (...shapes: Shape[]) => paintSvg({ width: 300, height: 100, shapes }, 'a & b');

describe('paintSvg', () => {
  it('has an outline of its own for each kind, so that none is known by colour alone', () => {
    const outlines = KINDS.map((kind) => / d="([^"]+)"/.exec(paint(marble(kind)))![1]);
    expect(new Set(outlines).size).toBe(KINDS.length);
  });

  it('escapes titles, and has the time of each shape', () => {
    expect(paint(marble('text'))).toContain('data-at="1.3"');
    expect(paint(marble('text'))).toContain('<title>&lt;&amp;&gt;</title>');
    expect(paint()).toContain('aria-label="a &amp; b"');
  });

  it('turns a text at the right edge to the left', () => {
    const text = (x: number): Shape => ({
      shape: 'text',
      kind: 'note',
      x,
      y: 9,
      text: 'late',
      at: 0,
    });
    expect(paint(text(280))).toContain('text-anchor="end"');
    expect(paint(text(20))).not.toContain('text-anchor="end"');
  });
});
