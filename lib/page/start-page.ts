import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { isTimedRunEvent } from '../marbles/to-diagram.js';
import { EventFeed } from './internal/event-feed.js';
import { checkSite, PageRefusal, parseJson, readText } from './internal/page-request.js';
import { PageRuns } from './internal/page-runs.js';
import { SCENARIOS } from './scenarios.js';

/** How the page is served. */
export interface PageOptions {
  /** @defaultValue 4317; 0 for a free one */
  readonly port?: number | undefined;
  /** The folder of the page's files, which the build makes. */
  readonly assets: string;
}

/** The page while it is served. */
export interface OpenPage {
  readonly url: string;
  /** Unsubscribes its runs and closes all connections. */
  close(): Promise<void>;
}

/** Where the page is, unless it is asked for elsewhere. */
export const PAGE_PORT = 4317;

const FILES: Readonly<Record<string, readonly [string, string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
};
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};
const MOST_ASKED = 10_000;
const MOST_EVENTS = 16_000_000;

/**
 * Serves the page on 127.0.0.1; settles when it listens. Requests of other sites and under other names are refused, and the page may
 * load nothing from elsewhere.
 */
export async function startPage({ port = PAGE_PORT, assets }: PageOptions): Promise<OpenPage> {
  const files = new Map(
    Object.entries(FILES).map(([path, [file, type]]) => [
      path,
      { type, body: readFileSync(join(assets, file)) },
    ]),
  );
  const feed = new EventFeed();
  const runs = new PageRuns((event) => {
    feed.add(event);
  });

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const refusal = error instanceof PageRefusal ? error : new PageRefusal(500, 'failed');
      if (!response.headersSent) response.writeHead(refusal.status, HEADERS);
      response.end(`${refusal.message}\n`);
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { port: own } = server.address() as AddressInfo;
    checkSite(request, own);
    const { method = '', url = '' } = request;
    const file = method === 'GET' ? files.get(url) : undefined;
    if (file !== undefined) {
      response.writeHead(200, { ...HEADERS, 'content-type': file.type }).end(file.body);
      return;
    }
    switch (`${method} ${url}`) {
      case 'GET /events':
        feed.send(response);
        return;
      case 'GET /scenarios':
        sendJson(
          response,
          Object.entries(SCENARIOS).map(([name, { title, code }]) => ({ name, title, code })),
        );
        return;
      case 'GET /favicon.ico':
        response.writeHead(204, HEADERS).end();
        return;
      case 'POST /runs':
        runs.start(parseJson(await readText(request, 'application/json', MOST_ASKED)));
        response.writeHead(202, HEADERS).end();
        return;
      case 'POST /events':
        for (const line of (await readText(request, 'application/x-ndjson', MOST_EVENTS)).split(
          '\n',
        )) {
          if (line === '') continue;
          const event = parseJson(line);
          if (!isTimedRunEvent(event))
            throw new PageRefusal(400, 'a line is no event with its time');
          feed.add(event);
        }
        response.writeHead(204, HEADERS).end();
        return;
    }
    const id = /^\/runs\/([\w-]+)$/.exec(url)?.[1];
    if (method !== 'DELETE' || id === undefined) throw new PageRefusal(404, 'not found');
    runs.stop(id);
    response.writeHead(204, HEADERS).end();
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: async () => {
      runs.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { ...HEADERS, 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
