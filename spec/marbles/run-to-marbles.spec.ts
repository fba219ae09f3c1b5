import { runToMarbles } from '../../lib/marbles/run-to-marbles';
import { ChatPromptTemplate } from '../../lib/prompts/chat-prompt-template';
import { JsonOutputParser } from '../../lib/parsers/json-output-parser';
import { FakeChatModel } from '../../lib/testing/fake/fake-chat-model';
import { eventAt, modelEvents, timedEvents } from '../support/timed-events';

describe('runToMarbles', () => {
  it('draws a chain, an event a character, the same each time', async () => {
    const chain = ChatPromptTemplate.fromMessages([['human', '{x}']])
      .pipe(new FakeChatModel([['{"a"', ':1', '}']]))
      .pipe(new JsonOutputParser());
    const draw = async () => `\n${runToMarbles(await timedEvents(chain.events$({ x: 'Hi' })))}\n`;
    expect(await draw()).toMatchInlineSnapshot(`
      "
      RunnableSequence      ^------v---v--|
        ChatPromptTemplate  -^|
        FakeChatModel       ---^t---tt--|
        JsonOutputParser    -----^v---v--|
      "
    `);
  });

  it('draws by time with a frame, groups included', () => {
    expect(runToMarbles(modelEvents(['a', 'b', 'c']), { frame: 1 })).toBe('model  ^ttt|');
    expect(runToMarbles(modelEvents(['a', 'b', 'c', 'd']), { frame: 3 })).toBe('model  (^tt)(tt|)');
  });

  it('draws errors and unsubscriptions as RxJS does', () => {
    const start = eventAt(0, 'on_chain_start');
    expect(runToMarbles([start, eventAt(1, 'on_chain_error')])).toBe('run  ^#');
    expect(runToMarbles([start, eventAt(1, 'on_chain_cancel')])).toBe('run  ^!');
    expect(runToMarbles([])).toBe('');
  });

  it('keeps a name in its line', () => {
    const start = eventAt(0, 'on_chain_start', { name: 'two\nlines\u202e\u001b[31m' });
    expect(runToMarbles([start])).toBe('two lines\\u202e\\u001b[31m  ^');
  });

  it.each([0, -1, Number.NaN, Infinity, 'x'])('refuses a frame of %p', (frame) => {
    expect(() => runToMarbles([], { frame: frame as never })).toThrow(
      /^frame must be a number of milliseconds above 0, got /,
    );
  });
});
