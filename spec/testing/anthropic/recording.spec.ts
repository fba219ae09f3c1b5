import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  eventOf,
  parseRecording,
  readRecording,
  splitMessages,
} from '../../../lib/testing/anthropic/recording.js';
import { GOOD, goodStart } from '../../../lib/testing/anthropic/recordings/good-answer.js';
import { realRecordings } from '../real-recordings.js';

describe('parseRecording', () => {
  it('reads bare events and events with their time', () => {
    expect(
      parseRecording('{"type":"ping"}\n\n{"at":120,"event":{"type":"message_stop"}}\n'),
    ).toEqual([{ type: 'ping' }, { at: 120, event: { type: 'message_stop' } }]);
  });

  it('keeps an event that has a field named event an event', () => {
    const [recorded] = parseRecording('{"type":"future","event":{"type":"ping"},"at":1}');
    expect(eventOf(recorded!)).toMatchObject({ type: 'future' });
  });

  it('[17] keeps __proto__ as an own key', () => {
    const [recorded] = parseRecording('{"type":"ping","__proto__":{"polluted":true}}');
    expect(Object.keys(recorded!)).toContain('__proto__');
    expect((recorded as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([
    ['{"type":', 'a.ndjson:2 is not JSON'],
    ['null', 'a.ndjson:2 is neither'],
    ['[1]', 'a.ndjson:2 is neither'],
    ['{"type":1}', 'a.ndjson:2 is neither'],
    ['{"at":"1","event":{"type":"ping"}}', 'a.ndjson:2 is neither'],
    ['{"at":1,"event":{}}', 'a.ndjson:2 is neither'],
    ['{"__proto__":{"type":"ping"}}', 'a.ndjson:2 is neither'],
  ])('names the place of a line like %s', (line, message) => {
    expect(() => parseRecording(`{"type":"ping"}\n${line}`, 'a.ndjson')).toThrow(message);
  });
});

describe('readRecording', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'recording-'))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('reads a file by its path or URL', () => {
    const path = join(folder, 'good.ndjson');
    writeFileSync(path, GOOD.map((event) => JSON.stringify(event)).join('\n'));
    expect(readRecording(path)).toEqual(GOOD);
    expect(readRecording(pathToFileURL(path))).toEqual(GOOD);
  });

  it('names the file in which a line is wrong', () => {
    const path = join(folder, 'bad.ndjson');
    writeFileSync(path, 'nope');
    expect(() => readRecording(path)).toThrow(`${path}:1 is not JSON`);
  });
});

describe('splitMessages', () => {
  it('begins a message at each message_start after a message_stop', () => {
    expect(splitMessages([...GOOD, ...GOOD, ...GOOD])).toEqual([GOOD, GOOD, GOOD]);
  });

  it('begins one after an error too, as a client that retries sees it', () => {
    const error = { type: 'error', error: { type: 'overloaded_error' } };
    expect(splitMessages([error, ...GOOD])).toEqual([[error], GOOD]);
  });

  it.each(['msg_good', 'msg_other'])('leaves a start inside an open message (%s) in it', (id) => {
    const events = GOOD.toSpliced(3, 0, goodStart(id));
    expect(splitMessages(events)).toEqual([events]);
  });

  it('leaves pings where they are, first and last', () => {
    const ping = { type: 'ping' };
    expect(splitMessages([ping, ...GOOD, ping, ...GOOD])).toEqual([[ping, ...GOOD, ping], GOOD]);
  });

  it('splits events that carry their time', () => {
    const timed = GOOD.map((event, at) => ({ at, event }));
    expect(splitMessages([...timed, ...timed])).toEqual([timed, timed]);
  });

  it('gives nothing for nothing and keeps an unfinished message', () => {
    expect(splitMessages([])).toEqual([]);
    expect(splitMessages(GOOD.slice(0, 3))).toEqual([GOOD.slice(0, 3)]);
  });
});

for (const path of realRecordings()) {
  it(`splits ${basename(path)}, one start and one stop a message`, () => {
    const recording = readRecording(path);
    const messages = splitMessages(recording);
    expect(messages.flat()).toEqual(recording);
    for (const message of messages) {
      const types = message.map((recorded) => eventOf(recorded).type);
      expect(types.filter((type) => type === 'message_stop')).toHaveLength(1);
      expect(types[0]).toBe('message_start');
    }
  });
}
