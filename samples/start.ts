// `npm start`: the how-to's first and third example, over the real client and a server on this machine that plays a
// recording. `npm start -- --live "your prompt"` asks the real API.
import { parseArgs } from 'node:util';
import { concat, defer } from 'rxjs';
import { parseCommand } from '../lib/cli/parse-command.js';
import { type RunnableCommand, runCommand } from '../lib/cli/run-command.js';

const { values, positionals } = parseArgs({
  options: { live: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [prompt = 'Write me a 1 verse song about goldfish on the moon'] = positionals;
const target = values.live ? ['--live'] : [];
const output = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
};
const rxlm = (...args: string[]) =>
  defer(() =>
    runCommand(parseCommand([...args, ...target]) as RunnableCommand, process.env, output),
  );

concat(rxlm('stream', prompt, '--delimiter', '|'), rxlm('events', prompt, '--take', '5')).subscribe(
  {
    error: (error: unknown) => {
      output.err(`${String(error)}\n`);
      process.exitCode = 1;
    },
  },
);
