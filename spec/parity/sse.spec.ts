import { StringOutputParser as LangChainParser } from '@langchain/core/output_parsers';
import { from, lastValueFrom, map, toArray } from 'rxjs';
import { StringOutputParser } from 'rxlm';
import { type MessageInput } from 'rxlm/provider';
import { decodeSse, encodeSse } from 'rxlm/sse';
import { LangChainStream } from '../support/langchain';
import { saying } from '../support/models';

interface Told {
  readonly event: string;
  readonly name: string;
  readonly tags: readonly string[];
}
const head = ({ event, name, tags }: Told) => `${event} ${name} ${tags.join()}`;

/** The frames of an event stream: the values, and the names of the others. */
async function read(bytes: AsyncIterable<Uint8Array | string> | readonly string[]) {
  const frames = await lastValueFrom(from(bytes as never).pipe(decodeSse(), toArray()));
  const isEnd = (event: string) => event === 'end';
  return {
    values: frames.filter(({ event }) => !isEnd(event)).map(({ data }) => JSON.parse(data) as Told),
    ends: frames.map(({ event }) => event).filter(isEnd),
    last: frames.at(-1)?.event,
  };
}

describe('(group 13) events as server-sent events, as in LangChain.js', () => {
  const texts = ['R', 'O', 'AR'];

  it('are the same events, a frame each, and then `event: end`', async () => {
    const chain = saying(...texts).pipe(new StringOutputParser());
    const sent = await lastValueFrom(chain.events$('hi').pipe(encodeSse(), toArray()));
    const ours = await read(sent);

    const chainOfTheirs = new LangChainStream(...texts).pipe(new LangChainParser());
    const decoder = new TextDecoder();
    const bytes: string[] = [];
    for await (const piece of chainOfTheirs.streamEvents('hi', {
      version: 'v2',
      encoding: 'text/event-stream',
    }))
      bytes.push(decoder.decode(piece, { stream: true }));
    // Theirs has no data at its end, which a client that follows the standard is not reported.
    const theirs = await read(
      bytes.map((text) => text.replace('event: end\n', 'event: end\ndata: {}\n')),
    );

    expect(ours.values.map(head).sort()).toEqual(theirs.values.map(head).sort());
    expect([ours.ends, ours.last]).toEqual([['end'], 'end']);
    expect([theirs.ends, theirs.last]).toEqual([['end'], 'end']);
  });

  it('have messages as plain data, which are taken as input again', async () => {
    const sent = saying(...texts)
      .events$('hi')
      .pipe(encodeSse(), toArray());
    const { values } = await read(await lastValueFrom(sent));
    const end = values.at(-1) as unknown as { data: { output: MessageInput } };
    expect(end.data.output).toMatchObject({ type: 'ai', content: 'ROAR' });
    const again = saying('b').stream$([end.data.output, ['human', 'Go on.']]);
    expect(await lastValueFrom(again.pipe(map(({ text }) => text)))).toBe('b');
  });
});
