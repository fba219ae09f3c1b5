import {
  AbstractChat,
  type ChatInit,
  type ChatState,
  DefaultChatTransport,
  type UIMessage,
} from 'ai';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Observable } from 'rxjs';
import type { AnyMessage, RunConfig } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import {
  fromUIMessages,
  type FromUIMessagesOptions,
  readRunRequest,
  type UIMessageStreamOptions,
  type UISign,
  writeUIMessageStream,
} from 'rxlm/sse';
import type { PlaybackOptions } from '../../lib/testing/anthropic/playback';
import type { Reply } from '../../lib/testing/anthropic/reply';
import { type ReplayServer, startReplayServer } from '../../lib/testing/anthropic/replay-server';

/** What the AI SDK keeps of a chat, without a view: copies, as a page's store makes them. */
class PageState implements ChatState<UIMessage> {
  status: ChatState<UIMessage>['status'] = 'ready';
  error: Error | undefined = undefined;
  messages: UIMessage[];
  readonly shown: UIMessage[] = [];

  constructor(messages: UIMessage[] = []) {
    this.messages = messages;
  }

  pushMessage = (message: UIMessage) => {
    this.messages = [...this.messages, structuredClone(message)];
  };

  popMessage = () => {
    this.messages = this.messages.slice(0, -1);
  };

  replaceMessage = (index: number, message: UIMessage) => {
    this.messages = this.messages.with(index, structuredClone(message));
    this.shown.push(structuredClone(message));
  };

  snapshot = <T>(value: T): T => structuredClone(value);
}

/** The AI SDK's own client, as `useChat` has it. */
export class PageChat extends AbstractChat<UIMessage> {
  constructor({ messages, ...init }: ChatInit<UIMessage>) {
    super({ ...init, state: new PageState(messages) });
  }

  /** What the view was given of messages that grow, one after the other. */
  get shown(): readonly UIMessage[] {
    return (this.state as PageState).shown;
  }

  /** The parts of the last message, as JSON. */
  get parts(): UIMessage['parts'] {
    return JSON.parse(JSON.stringify(this.lastMessage?.parts ?? [])) as UIMessage['parts'];
  }
}

/** Proves what the server has said. */
export const pageSign: UISign = (text) =>
  createHmac('sha256', 'k').update(text).digest('base64url');

export interface PageServerOptions {
  readonly recordings: readonly Reply[];
  /** What a request runs. */
  readonly run: (
    model: ChatAnthropic,
    history: readonly AnyMessage[],
    config: RunConfig,
  ) => Observable<unknown>;
  readonly from?: FromUIMessagesOptions;
  readonly to?: UIMessageStreamOptions;
  readonly playback?: PlaybackOptions;
}

/** A server of a page, with Claude behind it. */
export interface PageServer {
  readonly url: string;
  readonly provider: ReplayServer;
  /** The messages of each request to the provider. */
  readonly sent: () => readonly { readonly role: string; readonly content: unknown }[][];
  readonly chat: (init?: ChatInit<UIMessage>) => PageChat;
  readonly close: () => Promise<void>;
}

/** Serves `useChat` from agents with Claude, whose server refuses what the service refuses. */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const { recordings, run, from, to, playback } = options;
  const provider = await startReplayServer({ ...playback, strict: true, recordings });
  const model = new ChatAnthropic({
    ...{ model: 'claude-haiku-4-5', apiKey: 'any', baseURL: provider.url, maxRetries: 0 },
  });
  const server = createServer((request, response) => {
    void (async () => {
      try {
        const { messages } = (await readRunRequest(request)) as { messages: [] };
        const history = fromUIMessages(messages, { sign: pageSign, ...from });
        const source = (config: RunConfig) => run(model, history, config) as Observable<never>;
        writeUIMessageStream(response, source, { sign: pageSign, ...to });
      } catch (error) {
        response.writeHead(400).end((error as Error).message);
      }
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url,
    provider,
    sent: () =>
      provider.requests.map(
        ({ body }) => (body as { messages: { role: string; content: unknown }[] }).messages,
      ),
    chat: (init) => new PageChat({ transport: new DefaultChatTransport({ api: url }), ...init }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await provider.close();
    },
  };
}

/** When what the page has sent of itself is over, too. */
export async function settled(page: PageChat): Promise<void> {
  for (let quiet = 0; quiet < 4; quiet += 1) {
    if (page.status !== 'ready' && page.status !== 'error') quiet = 0;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
