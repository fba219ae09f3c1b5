import fc from 'fast-check';
import { faultPath, parseFaultUrl } from '../../../lib/testing/anthropic/fault-url.js';
import { endingFaults } from '../../../lib/testing/anthropic/faults/endings.js';
import { eventFaults } from '../../../lib/testing/anthropic/faults/events.js';

describe('parseFaultUrl', () => {
  it('reads name, parameters and what is left for the service', () => {
    expect(parseFaultUrl('/cut-at/bytes=123/v1/messages?beta=true')).toMatchObject({
      fault: endingFaults['cut-at'],
      params: { bytes: 123 },
      times: Infinity,
      pathname: '/v1/messages',
      key: '/cut-at/bytes=123',
    });
  });

  it('leaves the defaults where nothing is given', () => {
    expect(parseFaultUrl('/error-first/times=2/v1/messages')).toMatchObject({
      params: { type: 'overloaded_error', message: 'Overloaded' },
      times: 2,
    });
  });

  it.each([
    ['/v1/messages', 'there is no fault ""'],
    ['/', 'there is no fault ""'],
    ['/none/v1/messages', 'there is no fault "none"'],
    ['/__proto__/v1/messages', 'there is no fault "__proto__"'],
    ['/toString/v1/messages', 'there is no fault "toString"'],
    ['/cut-at/byte=1/v1/messages', '"cut-at" has no parameter "byte"'],
    ['/cut-at/toString=1/v1/messages', '"cut-at" has no parameter "toString"'],
    ['/cut-at/bytes=one/v1/messages', '"bytes" must be a number, not "one"'],
    ['/cut-at/bytes=/v1/messages', '"bytes" must be a number, not ""'],
    ['/cut-at/bytes/v1/messages', '"bytes" must be a number, not ""'],
  ])('says what is wrong with %s', (url, message) => {
    expect(() => parseFaultUrl(url)).toThrow(message);
  });
});

describe('faultPath', () => {
  it('writes name and parameters', () => {
    expect(faultPath('empty-body')).toBe('/empty-body');
    expect(faultPath('cut-at', { bytes: -5, times: 1 })).toBe('/cut-at/bytes=-5/times=1');
  });

  it('takes only what the fault has, by type', () => {
    // @ts-expect-error a parameter of another fault
    expect(() => parseFaultUrl(faultPath('cut-at', { events: 1 }))).toThrow('no parameter');
    // @ts-expect-error a text for a number
    expect(() => parseFaultUrl(faultPath('cut-at', { bytes: 'one' }))).toThrow('a number');
    // @ts-expect-error a name that no fault has
    expect(() => parseFaultUrl(faultPath('cut-of'))).toThrow('no fault');
  });

  it('takes any text to the other side', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.nat(), (data, type, before) => {
        const path = faultPath('unknown-event', { data, type, before });
        const { fault, params } = parseFaultUrl(`${path}/v1/messages`);
        expect(fault).toBe(eventFaults['unknown-event']);
        expect(params).toMatchObject({ data, type, before });
      }),
    );
  });
});
