import { ResponseItems } from '../../../lib/openai/responses/response-items';

describe('ResponseItems', () => {
  it('tells items apart by their index, whatever their ids', () => {
    const items = new ResponseItems();
    const first = items.of({ output_index: 0, item_id: 'a' });
    expect(items.of({ output_index: 0, item_id: 'b' })).toBe(first);
    expect(items.of({ output_index: '0' })).toBe(first);
    expect(items.of({ output_index: 1, item_id: 'a' })).not.toBe(first);
  });

  it('tells them apart by their ids where there is no index', () => {
    const items = new ResponseItems();
    const first = items.of({ item: { id: 'a' } });
    expect(items.of({ item_id: 'a' })).toBe(first);
    expect(items.of({ item_id: 'b' })).not.toBe(first);
    expect(items.indexOf({ id: 'a' }, 0)).toBe('a');
  });

  it('takes the last one for an event with neither', () => {
    const items = new ResponseItems();
    items.of({ output_index: 0 });
    const last = items.of({ output_index: 1 });
    expect(items.of({})).toBe(last);
    expect(items.indexOf({}, 1)).toBe(1);
    expect(items.indexOf({}, 7)).toBe(7);
  });
});
