import { of } from 'rxjs';
import { durableRuns } from 'rxlm';
import { answerRunRequest } from '../../../lib/sse/server/answer-run-request.js';

describe('answerRunRequest', () => {
  const ask = (url: string, method = 'POST') =>
    answerRunRequest(
      durableRuns(),
      { source: () => of('a') },
      {
        ...{ request: undefined, method, url, header: () => undefined },
        ...{ check: () => undefined, body: async () => ({}) },
      },
    );

  it('names the run below the path that was asked, whatever stands before it', async () => {
    for (const url of ['/runs', '/api/v1/runs/', 'http://host/runs?x=1'])
      expect(await ask(url)).toMatchObject({
        status: 201,
        headers: { location: expect.stringMatching(/^\/(api\/v1\/)?runs\/[\w-]{36}$/) as string },
      });
  });

  it('names no other host, whatever stands before the path', async () => {
    for (const url of ['/.//evil.example/runs', '/a/..///evil.example/runs', '//evil.example/runs'])
      expect(await ask(url)).toMatchObject({
        headers: {
          location: expect.stringMatching(/^\/(evil\.example\/)?runs\/[\w-]{36}$/) as string,
        },
      });
  });

  it.each(['//', '//[', 'http://[', 'http://a:99999/runs'])(
    'refuses the target %s',
    async (url) => {
      await expect(ask(url, 'GET')).rejects.toMatchObject({ status: 400 });
      await expect(ask(url)).rejects.toMatchObject({ status: 400 });
    },
  );

  it('refuses other methods', async () => {
    await expect(ask('/runs/a', 'PATCH')).rejects.toMatchObject({ status: 405 });
  });
});
