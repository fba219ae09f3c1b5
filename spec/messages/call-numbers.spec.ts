import { type CallPiece, CallNumbers } from '../../lib/messages/call-numbers.js';

type Piece = Partial<CallPiece>;

function numbersOf(...pieces: Piece[]): number[] {
  const numbers = new CallNumbers();
  return pieces.map((piece) => numbers.next({ args: '', ...piece }));
}

describe('[34] the number of a piece of a call', () => {
  it('is its index', () => {
    expect(
      numbersOf({ index: 1, id: 'a' }, { index: 4, id: 'b' }, { index: 1 }, { index: 4 }),
    ).toEqual([1, 4, 1, 4]);
  });

  it('goes by its id where it has no index', () => {
    expect(
      numbersOf({ id: 'a', name: 'f' }, { id: 'b', name: 'f' }, { id: 'a' }, { id: 'b' }),
    ).toEqual([0, 1, 0, 1]);
  });

  it('is that of the call before where it has neither', () => {
    expect(
      numbersOf({ id: 'a', name: 'f' }, {}, { id: '' }, { id: 'b', name: 'g' }, {}, { id: 'a' }),
    ).toEqual([0, 0, 0, 1, 1, 0]);
  });

  it('begins a call with each name where there are no ids either', () => {
    expect(numbersOf({}, { name: 'f' }, {}, { name: 'g' }, { name: '' })).toEqual([0, 0, 0, 1, 1]);
  });

  it('takes null for nothing, as sources in JSON write it', () => {
    const nothing = { index: null, id: null, name: null } as unknown as Piece;
    expect(numbersOf({ id: 'a', name: 'f' }, nothing)).toEqual([0, 0]);
  });

  it('is another one where an index that is in use comes with another id and a name', () => {
    expect(
      numbersOf(
        { index: 0, id: 'a', name: 'f' },
        { index: 0 },
        { index: 0, id: 'b', name: 'f' },
        { index: 0 },
        { index: 1, id: 'c', name: 'f' },
        { index: 1 },
        { id: 'a' },
      ),
    ).toEqual([0, 0, 1, 1, 2, 2, 0]);
  });

  it('stays where a source makes an id for each piece of one call', () => {
    expect(
      numbersOf({ index: 0, id: 'x1', name: 'f' }, { index: 0, id: 'x2' }, { index: 0, id: 'x3' }),
    ).toEqual([0, 0, 0]);
  });
});
