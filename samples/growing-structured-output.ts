// An answer held to a schema, shown while it grows: in a terminal it is drawn anew in place, in a pipe line by line.
import { withStructuredOutput } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { z } from 'zod';
import { MODEL } from './model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });
const Song = z.object({ title: z.string(), verses: z.array(z.string()) });

withStructuredOutput(model, Song)
  .stream$('Write me a 2 verse song about goldfish on the moon')
  .subscribe(({ title = '', verses = [] }) => {
    const line = `${title}: ${verses.join(' / ')}`;
    process.stdout.write(process.stdout.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  });
