import { concat, lastValueFrom, take, throwError, toArray } from 'rxjs';
import { AIMessageChunk, ListOutputParser } from 'rxlm';
import { cut } from '../json/json-texts';
import { marbles } from '../support/marbles';
import { FakeStream, saying } from '../support/models';
import { faultsOf, recordRun, watch } from '../support/run-events';

/** Items between semicolons, those in capitals left out. */
class Small extends ListOutputParser {
  protected override readonly separator = ';';

  protected override itemIn(text: string): string | undefined {
    return text === text.toUpperCase() ? undefined : text;
  }
}
const parser = new Small();

describe('ListOutputParser', () => {
  it('gives each item as soon as it is complete', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  -a-b-c-d-|', { a: 'go', b: 'ld;sil', c: 'ver;NO;tin;', d: 'le' });
      const subscriptions = ' ^--------!';
      const expected = '      ---a-(bc)(d|)';
      expectObservable(new FakeStream(() => source$).pipe(parser).stream$('Hi')).toBe(expected, {
        a: ['gold'],
        b: ['silver'],
        c: ['tin'],
        d: ['le'],
      });
      expectSubscriptions(source$.subscriptions).toBe(subscriptions);
    });
  });

  it('[13] gives all items with invoke, wherever the text is cut', async () => {
    const text = 'gold;silver;;NO;tin';
    const items = ['gold', 'silver', 'tin'];
    expect(await parser.invoke(text)).toEqual(items);
    for (let at = 0; at <= text.length; at++) {
      const chain = saying(text.slice(0, at), text.slice(at)).pipe(parser);
      expect((await lastValueFrom(chain.stream$('Hi').pipe(toArray()))).flat()).toEqual(items);
      expect(await chain.invoke('Hi')).toEqual(items);
    }
    const chain = saying(...cut(text, [1])).pipe(parser);
    expect(await chain.invoke('Hi')).toEqual(items);
    expect(await chain.invoke('Hi')).toEqual(items);
  });

  it('passes over reasoning and tool blocks', async () => {
    const model = new FakeStream(() => [
      new AIMessageChunk({ content: [{ type: 'thinking', thinking: 'a;b', index: 0 }] }),
      new AIMessageChunk({ content: [{ type: 'text', text: 'gold', index: 1 }] }),
      new AIMessageChunk({ content: [{ type: 'input_json_delta', input: ';', index: 2 }] }),
    ]);
    expect(await model.pipe(parser).invoke('Hi')).toEqual(['gold']);
  });

  it('passes an error on, without the item that was not complete', () => {
    const error = new Error('cut');
    const model = new FakeStream(() =>
      concat(
        ['gold;sil'],
        throwError(() => error),
      ),
    );
    const recorded = recordRun(model.pipe(parser), 'Hi');
    expect(recorded.values).toEqual([['gold']]);
    expect(recorded.ended).toEqual({ error });
    expect(faultsOf(recorded.events)).toEqual([]);
  });

  it('[2] unsubscribes from its source when it is left', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-a-a-a-|', { a: 'gold;' });
      const left = '        ^---!';
      const chain = new FakeStream(() => source$).pipe(parser);
      expectObservable(chain.stream$('Hi'), left).toBe('-a-a', { a: ['gold'] });
      expectSubscriptions(source$.subscriptions).toBe(left);
    });
  });

  it('stops a synchronous source as soon as its listener has had enough', () => {
    let made = 0;
    const endless = new FakeStream(function* () {
      for (;;) yield `x${String(made++)};`;
    } as never);
    const { values } = watch(endless.pipe(parser).stream$('Hi').pipe(take(2)));
    expect(values).toEqual([['x0'], ['x1']]);
    expect(made).toBe(2);
  });

  it('[7] reports each item and all of them', () => {
    const { events } = recordRun(saying('gold;', 'silver').pipe(parser), 'Hi');
    const own = events.filter(({ name }) => name === 'Small');
    expect(own.map(({ event, data }) => [event, data])).toMatchObject([
      ['on_parser_start', {}],
      ['on_parser_stream', { chunk: ['gold'] }],
      ['on_parser_stream', { chunk: ['silver'] }],
      ['on_parser_end', { output: ['gold', 'silver'], input: { content: 'gold;silver' } }],
    ]);
  });

  it('says what it takes', () => {
    expect(() => parser.stream$(42 as never)).toThrow(
      new TypeError('Small takes text or messages, got 42'),
    );
  });
});
