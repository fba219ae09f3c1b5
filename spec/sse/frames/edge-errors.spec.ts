import { ModelError } from 'rxlm';
import { badRequest } from '../../../lib/sse/server/bad-request.js';
import { reportEdgeError } from '../../../lib/sse/frames/edge-errors.js';
import { emittedWarnings } from '../../support/emitted-warnings.js';

const context = { edge: 'writeSse', when: 'run' } as const;
const hostile = new Proxy(
  {},
  {
    get: () => {
      throw new Error('trap');
    },
    has: () => {
      throw new Error('trap');
    },
    getPrototypeOf: () => {
      throw new Error('trap');
    },
  },
);

describe('reportEdgeError', () => {
  it('calls onError, and warns of what that throws or rejects with', async () => {
    const warnings = emittedWarnings();
    const heard: unknown[] = [];
    reportEdgeError('a', context, (...given) => heard.push(given));
    expect(heard).toEqual([['a', context]]);
    reportEdgeError('a', context, () => {
      throw new Error('b');
    });
    const rejects: () => unknown = () => Promise.reject(new Error('c'));
    reportEdgeError('a', context, rejects);
    await new Promise((resolve) => setTimeout(resolve));
    expect(warnings()).toMatchObject(
      ['b', 'c'].map((text) => ({
        message: expect.stringContaining(`onError threw: ${text}`) as string,
      })),
    );
  });

  it('without onError warns of errors of the server’s own code, and of no others', () => {
    const warned = (error: unknown, when: 'run' | 'edge' | 'request' = 'run') => {
      const warnings = emittedWarnings();
      reportEdgeError(error, { ...context, when }, undefined);
      return warnings().length;
    };
    expect(warned(new TypeError('mine'))).toBe(1);
    expect(warned(undefined)).toBe(1);
    expect(warned(hostile)).toBe(1);
    expect(warned(new TypeError('a header'), 'edge')).toBe(1);
    expect(warned(badRequest('theirs'), 'request')).toBe(0);
    expect(warned(new ModelError('busy', { code: 'overloaded', provider: 'x' }))).toBe(0);
    expect(warned(new DOMException('left', 'AbortError'))).toBe(0);
  });
});
