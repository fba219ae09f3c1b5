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

  it('refuses other methods', async () => {
    await expect(ask('/runs/a', 'PATCH')).rejects.toMatchObject({ status: 405 });
  });
});
