// Runs rxlm in workerd, where there is no Node: a chain over a model that asks a server with `fetch`, answered as server-sent events.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules/.cache/workers');
const worker = `
  import { ChatPromptTemplate, StringOutputParser } from 'rxlm';
  import { ChatOpenAI } from 'rxlm/openai';
  import { toSseResponse } from 'rxlm/sse';
  export default {
    fetch(request, { BASE_URL }) {
      const model = new ChatOpenAI({ model: 'any', apiKey: 'key', baseURL: BASE_URL });
      const chain = ChatPromptTemplate.fromTemplate('{q}').pipe(model).pipe(new StringOutputParser());
      return toSseResponse(chain.stream$({ q: new URL(request.url).searchParams.get('q') }));
    },
  };`;
const listening = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
const install = ['install', '--no-audit', '--no-fund', '--no-package-lock', 'workerd@1'];
if (spawnSync('npm', install, { cwd: folder, stdio: 'inherit' }).status !== 0) process.exit(1);
await build({
  stdin: { contents: worker, resolveDir: root },
  alias: Object.fromEntries(
    ['openai', 'sse']
      .map((name) => [`rxlm/${name}`, join(root, `dist/esm/${name}/index.js`)])
      .concat([['rxlm', join(root, 'dist/esm/index.js')]]),
  ),
  conditions: ['workerd', 'worker', 'browser'],
  bundle: true,
  format: 'esm',
  outfile: join(folder, 'worker.js'),
});

const provider = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const content of ['gold', 'fish'])
    response.write(
      `data: ${JSON.stringify({ id: 'a', choices: [{ index: 0, delta: { content } }] })}\n\n`,
    );
  response.end(
    `data: ${JSON.stringify({ id: 'a', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`,
  );
});
const providerPort = await listening(provider);
const probe = createServer();
const port = await listening(probe);
probe.close();
writeFileSync(
  join(folder, 'config.capnp'),
  `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "2026-01-01",
      bindings = [(name = "BASE_URL", text = "http://127.0.0.1:${String(providerPort)}/v1")],
      globalOutbound = "loopback",
    )),
    (name = "loopback", network = (allow = ["private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${String(port)}", http = (), service = "main")],
);
`,
);
const workerd = spawn(join(folder, 'node_modules/.bin/workerd'), ['serve', 'config.capnp'], {
  cwd: folder,
  stdio: 'inherit',
});
try {
  const text = await ask(`http://127.0.0.1:${String(port)}/?q=Who`);
  const values = [...text.matchAll(/^data: (".*")$/gm)]
    .map(([, json]) => JSON.parse(json))
    .join('');
  if (values !== 'goldfish' || !text.includes('event: end'))
    throw new Error(`workerd answered: ${text}`);
  console.log('workerd streamed: goldfish');
} finally {
  workerd.kill();
  provider.close();
}

async function ask(url, attempts = 50) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await (await fetch(url)).text();
    } catch (error) {
      if (attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
