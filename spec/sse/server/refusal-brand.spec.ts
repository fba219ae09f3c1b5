import { badRequest, refusal } from '../../../lib/sse/server/bad-request.js';
import { isRefusal } from '../../../lib/sse/server/refusal-brand.js';

describe('isRefusal', () => {
  it('knows a refusal by its brand, and no look-alike', () => {
    expect([badRequest('no'), refusal(413, 'no')].every(isRefusal)).toBe(true);
    const like = Object.assign(new TypeError('no'), { status: 400, statusCode: 400, expose: true });
    const fail = () => {
      throw new Error('a trap');
    };
    const traps = new Proxy({}, { has: fail, get: fail, getPrototypeOf: fail });
    expect([traps, like, null, 'no', { [Symbol.for('rxlm.refusal')]: true }].some(isRefusal)).toBe(
      false,
    );
  });
});
