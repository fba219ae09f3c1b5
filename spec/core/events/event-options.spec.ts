import { splitEventOptions } from '../../../lib/core/events/event-options.js';

describe('splitEventOptions', () => {
  it('parts version and filters from the config that the run gets', () => {
    expect(
      splitEventOptions({ tags: ['t'], version: 'v1', includeNames: ['a'], excludeTags: [] }),
    ).toEqual({
      version: 'v1',
      filters: { includeNames: ['a'], excludeTags: [] },
      runConfig: { tags: ['t'] },
    });
  });

  it('has no filters where none is given', () => {
    expect(splitEventOptions({ tags: ['t'], includeNames: undefined })).toEqual({
      version: undefined,
      filters: undefined,
      runConfig: { tags: ['t'] },
    });
  });
});
