import fc from 'fast-check';
import { drawDiagram, LAYOUT, titleOf } from '../../lib/marbles/draw-diagram';
import type { Shape } from '../../lib/marbles/shapes';
import { toDiagram } from '../../lib/marbles/to-diagram';
import { eventAt, modelEvents } from '../support/timed-events';

const of = <S extends Shape['shape']>(shapes: readonly Shape[], shape: S) =>
  shapes.filter((each): each is Extract<Shape, { shape: S }> => each.shape === shape);

describe('drawDiagram', () => {
  it('has a marble an event, a line a lane, the endings and the moments', () => {
    const { shapes, height } = drawDiagram(toDiagram(modelEvents(['a', 'b', 'c'])));
    expect(of(shapes, 'marble').map(({ kind }) => kind)).toEqual(['start', 'text', 'text', 'text']);
    expect(of(shapes, 'bar').map(({ kind }) => kind)).toEqual(['life']);
    expect(of(shapes, 'ending').map(({ kind }) => kind)).toEqual(['complete']);
    expect(of(shapes, 'moment').map(({ text }) => text)).toEqual(['first token', 'last token']);
    expect(height).toBe(LAYOUT.top + LAYOUT.row + LAYOUT.bottom);
  });

  it('has as many shapes as its width allows, and loses no marble', () => {
    const count = 20_000;
    const diagram = toDiagram(modelEvents(Array<string>(count).fill('x')));
    const marbles = of(drawDiagram(diagram, { width: 960 }).shapes, 'marble');
    expect(marbles.length).toBeLessThan(250);
    expect(marbles.reduce((sum, marble) => sum + marble.count, 0)).toBe(count + 1);
  });

  it('stays within its width, whatever part is shown', () => {
    const diagram = toDiagram(modelEvents(Array<string>(100).fill('x')));
    fc.assert(
      fc.property(
        fc.integer({ min: 320, max: 2000 }),
        fc.nat(90),
        fc.nat(200),
        (width, from, more) => {
          const { shapes } = drawDiagram(diagram, { width, from, to: from + more });
          for (const shape of shapes) {
            expect(shape.x).toBeGreaterThanOrEqual(0);
            expect(shape.x + (shape.shape === 'bar' ? shape.width : 0)).toBeLessThanOrEqual(width);
          }
        },
      ),
    );
  });

  it('draws the work of a tool and a wait as bars', () => {
    const diagram = toDiagram([
      eventAt(0, 'on_chat_model_start'),
      eventAt(1, 'on_chat_model_retry', { data: { delayMs: 100 } }),
      eventAt(2, 'on_tool_start', { run_id: 't', name: 'get_weather' }),
    ]);
    const bars = of(drawDiagram(diagram).shapes, 'bar');
    expect(bars.map(({ kind }) => kind)).toEqual(['life', 'wait', 'tool']);
  });
});

describe('titleOf', () => {
  it('says what a marble is', () => {
    const { lanes } = toDiagram(modelEvents(['gold']));
    expect(lanes[0]!.marks.map(titleOf)).toEqual([
      'start, 0 ms: Hi',
      'text, 4 characters, 1 ms: gold',
    ]);
  });
});
