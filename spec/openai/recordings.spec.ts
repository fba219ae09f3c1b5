import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ChatModel } from 'rxlm';
import { ChatGoogle } from 'rxlm/google';
import { ChatOllama } from 'rxlm/ollama';
import { ChatOpenAI } from 'rxlm/openai';
import {
  foldChat,
  foldGoogle,
  foldOllama,
  foldResponses,
  type Said,
} from '../support/fold-by-hand';
import { inPieces, outcomeOf, saidOf } from '../support/play-body';
import { startWireServer, type WireServer } from '../support/wire-server';
import { besideProject } from '../testing/real-recordings';

type Wire = 'chat' | 'responses' | 'google' | 'ollama';

const FOLDS: Record<Wire, (body: string) => Said> = {
  chat: foldChat,
  responses: foldResponses,
  google: foldGoogle,
  ollama: foldOllama,
};

const chatOf = (folder: string): string[] =>
  [
    'alibaba anthropic-compat azure deepseek groq huggingface litellm llamacpp mistral moonshot',
    'ollama-v1 openai-chat openrouter perplexity snowflake together vercel-gateway vllm xai zai',
  ]
    .join(' ')
    .split(' ')
    .flatMap((host) => readdirSync(join(folder, host)).map((name) => `${host}/${name}`))
    .concat(llama(folder, 'chat'));
const llama = (folder: string, wire: string): string[] =>
  readdirSync(join(folder, 'llamacpp-server'))
    .filter((name) => name.endsWith(`.${wire}.sse`))
    .map((name) => `llamacpp-server/${name}`);

function recordings(): { name: string; wire: Wire; path: string }[] {
  const folder = besideProject('providers');
  if (folder === undefined) return [];
  const of = (wire: Wire, names: string[]) =>
    names.map((name) => ({ name, wire, path: join(folder, name) }));
  const own = (host: string) => readdirSync(join(folder, host)).map((name) => `${host}/${name}`);
  return [
    ...of('chat', chatOf(folder)),
    ...of('responses', [...own('openai-responses'), ...llama(folder, 'responses')]),
    ...of('google', own('gemini')),
    ...of('ollama', own('ollama')),
  ];
}

/** A fixture holds the data of its events, a line each. */
function bodyOf(path: string, wire: Wire): string {
  const text = readFileSync(path, 'utf8');
  if (wire === 'ollama' || !path.endsWith('.ndjson')) return text;
  const events = text.split('\n').filter((line) => line !== '');
  const end = wire === 'chat' ? 'data: [DONE]\n\n' : '';
  return `${events.map((line) => `data: ${line}\n\n`).join('')}${end}`;
}

describe('what real servers have sent', () => {
  let server: WireServer;
  beforeAll(async () => {
    server = await startWireServer();
  });
  afterAll(() => server.close());

  const modelOf = (wire: Wire): ChatModel =>
    wire === 'ollama'
      ? new ChatOllama({ model: 'm', baseURL: server.url, maxRetries: 0 })
      : wire === 'google'
        ? new ChatGoogle({ model: 'm', baseURL: server.url, maxRetries: 0 })
        : new ChatOpenAI({ model: 'm', api: wire, baseURL: server.url, maxRetries: 0 });
  const typeOf = (wire: Wire) => (wire === 'ollama' ? 'application/x-ndjson' : 'text/event-stream');

  // On most machines there are none beside the project.
  it('lies beside the project whole or not at all', () => {
    const { length } = recordings();
    expect(length === 0 || length > 100).toBe(true);
  });

  for (const { name, wire, path } of recordings())
    it.each([Infinity, 7])(`${name} says the same as read by hand, by %d bytes`, async (size) => {
      const body = bodyOf(path, wire);
      const expected = FOLDS[wire](body);
      const bytes = Buffer.from(body);
      server.answer(inPieces(bytes, Math.min(size, bytes.length), typeOf(wire)));
      const outcome = await outcomeOf(modelOf(wire));
      const said = saidOf(outcome);
      expect(said.failed).toBe(expected.failed);
      if (expected.failed) {
        expect([said.text, said.reasoning]).toEqual([expected.text, expected.reasoning]);
        return;
      }
      // An id of rxlm's own stands for one that the server did not give.
      const calls = expected.calls.map((call) => ({ ...call, id: call.id || expect.any(String) }));
      expect({ file: basename(path), ...said }).toEqual({
        file: basename(path),
        ...expected,
        calls,
      });
    });
});
