import { lastValueFrom, of, toArray } from 'rxjs';
import { decodeSse } from '../../../lib/sse/frames/decode-sse.js';
import { encodeSse } from '../../../lib/sse/frames/encode-sse.js';

describe('encodeSse', () => {
  it('(T087) is read back as it was by decodeSse, whatever is in the data', async () => {
    const values = ['a\r\nb\rc\nd', '\u2028\u2029', '</script>', '\ud800', { __proto__: 1 }, null];
    const events = await lastValueFrom(of(...values).pipe(encodeSse(), decodeSse(), toArray()));
    expect(events.map(({ data }) => JSON.parse(data) as unknown)).toEqual([...values, {}]);
    expect(events.map(({ id, event }) => `${id} ${event}`)).toEqual([
      ...values.map((_, index) => `${String(index + 1)} message`),
      '7 end',
    ]);
  });
});
