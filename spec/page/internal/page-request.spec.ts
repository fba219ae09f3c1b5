import { Readable } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import {
  checkSite,
  PageRefusal,
  parseJson,
  readText,
} from '../../../lib/page/internal/page-request';

const request = (headers: Record<string, string>, body = '') =>
  Object.assign(Readable.from([Buffer.from(body)]), { headers }) as unknown as IncomingMessage;
const own = { host: '127.0.0.1:80' };

describe('checkSite', () => {
  it.each([
    own,
    { host: 'localhost:80' },
    { ...own, origin: 'http://127.0.0.1:80', 'sec-fetch-site': 'same-origin' },
    { ...own, 'sec-fetch-site': 'none' },
  ])('takes %j', (headers) => {
    expect(() => checkSite(request(headers), 80)).not.toThrow();
  });
  it.each([
    {},
    { host: '127.0.0.1:81' },
    { host: 'a.test' },
    { ...own, origin: 'null' },
    { ...own, 'sec-fetch-site': 'same-site' },
  ])('refuses %j', (headers) => {
    expect(() => checkSite(request(headers as never), 80)).toThrow(PageRefusal);
  });
});

describe('readText', () => {
  const json = { 'content-type': 'application/json; charset=utf-8' };
  it('reads a body of the type and size', async () => {
    expect(await readText(request(json, 'wörld'), 'application/json', 6)).toBe('wörld');
  });
  it('refuses another type and a larger body', async () => {
    await expect(readText(request({}), 'application/json', 9)).rejects.toMatchObject({
      status: 415,
    });
    await expect(readText(request(json, '1234567'), 'application/json', 6)).rejects.toMatchObject({
      status: 413,
    });
  });
});

describe('parseJson', () => {
  it('refuses what is not JSON', () => {
    expect(parseJson('[1]')).toEqual([1]);
    expect(() => parseJson('[')).toThrow(PageRefusal);
  });
});
