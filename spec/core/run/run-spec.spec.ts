import { describeRun } from '../../../lib/core/run/run-spec.js';
import { LOCAL_TAGS } from '../../../lib/core/run/run-spec.js';
import { lambda } from 'rxlm';

describe('describeRun', () => {
  const spec = Object.assign(
    lambda(() => 1),
    { localMetadata: () => ({ own: true }) },
  );

  it('takes the name, the tags and the metadata that belong to one run alone', () => {
    expect(describeRun(spec, { tags: ['t'], [LOCAL_TAGS]: ['seq:step:1'] })).toEqual({
      name: 'RunnableLambda',
      localTags: ['seq:step:1'],
      localMetadata: { own: true },
    });
  });

  it('takes config.runName for the name', () => {
    expect(describeRun(spec, { runName: 'mine' }).name).toBe('mine');
  });
});
