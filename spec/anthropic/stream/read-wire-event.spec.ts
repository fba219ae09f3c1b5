import { readWireEvent } from '../../../lib/anthropic/stream/read-wire-event';
import { ANTHROPIC_ERRORS } from '../../../lib/anthropic/internal/errors';
import { ProviderErrors } from '../../../lib/http/provider-errors';
import { readReportedError } from '../../../lib/http/internal/reported-error';
import { scrubValue } from '../../../lib/http/internal/scrub-value';
import { Secrets } from '../../../lib/http/secrets';
import { decoderContext } from '../../support/decode-stream';

const secrets = new Secrets();
secrets.add('sk-canary-1');
const errors = new ProviderErrors('anthropic', ANTHROPIC_ERRORS);
const context = decoderContext({
  scrub: (value) => scrubValue(value, secrets),
  reported: (frame) => errors.reported(readReportedError(frame, secrets)),
});
const read = (name: string, data: string) => readWireEvent(name, data, context);

describe('readWireEvent', () => {
  it('T004: goes by the type in the JSON, and by the name where there is none', () => {
    expect(read('message', '{"type":"message_stop"}')).toEqual({
      kind: 'message',
      event: { type: 'message_stop' },
    });
    expect(read('message_stop', '{}')).toEqual({
      kind: 'message',
      event: { type: 'message_stop' },
    });
    expect(read('ping', '{"type":"ping"}')).toEqual({ kind: 'ping' });
  });

  it.each([
    ['future_event', '{"type":"future_event","a":1}', { type: 'future_event', a: 1 }],
    ['future_event', 'not JSON', 'not JSON'],
    ['message', '{"type":"future_event"}', { type: 'future_event' }],
  ])('[22] keeps an event that nobody knows: %s %s', (name, data, event) => {
    expect(read(name, data)).toEqual({ kind: 'unknown', event });
  });

  it.each([
    ['content_block_delta', '{"type":"content_block_delta",'],
    ['message', 'garbage'],
    ['message_stop', 'NaN'],
    ['message_stop', '"a string"'],
  ])('T036: refuses broken JSON in a known event without a word of it: %s %s', (name, data) => {
    const thrown = (() => {
      try {
        read(name, data);
      } catch (error) {
        return error as Error & { code: string };
      }
      throw new Error('it was taken');
    })();
    expect(thrown.code).toBe('bad_stream');
    expect(`${thrown.message}${String(thrown.stack)}`).not.toContain(data);
  });

  it('[5] reads an error, also one that is no JSON', () => {
    expect(
      read(
        'error',
        '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}',
      ),
    ).toMatchObject({
      kind: 'error',
      error: { code: 'overloaded', type: 'overloaded_error', requestId: 'req_1' },
    });
    const { error } = read('error', 'x'.repeat(5000)) as { error: Error };
    expect(error).toMatchObject({ code: 'server_error' });
    expect(error.message.length).toBeLessThan(1200);
  });

  it('[21] takes secrets out of everything that is not the message itself', () => {
    const recorded = [
      read('message_start', '{"type":"message_start","message":{"id":"sk-canary-1"}}'),
      read('message_delta', '{"type":"message_delta","delta":{"container":"sk-canary-1"}}'),
      read('future_event', '{"type":"future_event","key":"sk-canary-1"}'),
      read('future_event', 'sk-canary-1'),
      read('error', '{"type":"error","error":{"message":"bad key sk-canary-1"}}'),
    ];
    expect(JSON.stringify(recorded)).not.toContain('canary');
    const text =
      '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"sk-canary-1"}}';
    expect(JSON.stringify(read('content_block_delta', text))).toContain('sk-canary-1');
  });

  it.each([
    ['ping', 'null'],
    ['ping', ''],
    ['ping', 'pong'],
    ['ping', '{}'],
    ['message', ''],
    ['message', ' \n'],
  ])('[22] takes what says nothing for a ping: %s %j', (name, data) => {
    expect(read(name, data)).toEqual({ kind: 'ping' });
  });

  it.each([
    ['error', '{"type":"message_stop"}'],
    ['error', '{"type":"overloaded_error","message":"Busy"}'],
    ['message_stop', '{"type":"error","error":{"type":"overloaded_error"}}'],
  ])('[5] takes what is an error by its name or its JSON for one: %s %s', (name, data) => {
    expect(read(name, data)).toMatchObject({ kind: 'error' });
  });

  it.each(['null', '5', '"moon"', '[]'])('[22] keeps JSON that is no event: %s', (data) => {
    expect(read('message', data)).toMatchObject({ kind: 'unknown' });
  });

  it('[17] [27] T039: does not give out what nests too deep to be serialised', () => {
    const deep = `{"a":${'['.repeat(1001)}${']'.repeat(1001)}}`;
    expect(read('future_event', deep)).toEqual({ kind: 'unknown', event: deep });
    for (const name of ['content_block_start', 'message'])
      expect(() => read(name, deep)).toThrow(expect.objectContaining({ code: 'limit' }));
    const flat = `{"a":${'['.repeat(999)}${']'.repeat(999)}}`;
    expect(read('future_event', flat)).toEqual({ kind: 'unknown', event: JSON.parse(flat) });
  });

  it('[21] takes out secrets that are escaped', () => {
    const recorded = [
      read('message_start', '{"type":"message_start","message":{"id":"sk-\\u0063anary-1"}}'),
      read('future_event', '{"type":"future_event","key":["sk-\\u0063anary-1"]}'),
      read('error', '{"type":"error","error":{"message":"sk-\\u0063anary-1"}}'),
    ];
    expect(JSON.stringify(recorded)).not.toContain('canary');
    expect(JSON.stringify(recorded)).toContain('[redacted]');
  });
});
