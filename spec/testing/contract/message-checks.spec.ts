import { AIMessageChunk } from 'rxlm';
import type { DecoderContext } from 'rxlm/provider';
import { AcmeDecoder, acmeWire, wrongAcme } from '../../support/acme-wire';
import { failedChecks } from '../../support/failed-checks';

/** A model whose chunks are changed on their way. */
const changed = (change: (chunk: AIMessageChunk) => AIMessageChunk) =>
  wrongAcme(
    (context: DecoderContext) =>
      new AcmeDecoder({
        ...context,
        emit: (chunk) => {
          context.emit(change(chunk));
        },
      }),
  );
const failed = (connect: ReturnType<typeof changed>, only: RegExp) =>
  failedChecks({ wire: acmeWire, connect }, only);
const MESSAGE = /^(gives|has usage|makes|says in|keeps what)/;

describe('the checks of a message', () => {
  it('are failed by a model that doubles usage', async () => {
    const connect = changed((chunk) => {
      const { usage_metadata: usage } = chunk;
      if (usage === undefined) return chunk;
      const output_tokens = 2 * (usage.output_tokens ?? 0);
      return new AIMessageChunk({ ...chunk, usage_metadata: { ...usage, output_tokens } });
    });
    expect(await failed(connect, MESSAGE)).toEqual([
      'has usage as a snapshot: the last one counts, and none is added to another',
    ]);
  });

  it('are failed by a model that makes calls of half their arguments', async () => {
    const connect = changed((chunk) => {
      const tool_calls = chunk.tool_call_chunks.map(({ id = 'call_1', name = 'weather' }) => ({
        type: 'tool_call' as const,
        id,
        name,
        args: {},
      }));
      return new AIMessageChunk({ ...chunk, tool_calls });
    });
    expect(await failed(connect, /^makes/)).toHaveLength(3);
  });

  it('are failed by a model that says nothing of why its message ended', async () => {
    const connect = changed(({ finish_reason: _finish, ...chunk }) => new AIMessageChunk(chunk));
    expect(await failed(connect, MESSAGE)).toEqual(['says in neutral words why a message ended']);
  });

  it('are failed by a model that gives each chunk an id', async () => {
    let count = 0;
    const connect = changed((chunk) => new AIMessageChunk({ ...chunk, id: `id-${count++}` }));
    expect(await failed(connect, /^gives one id/)).toHaveLength(1);
  });
});
