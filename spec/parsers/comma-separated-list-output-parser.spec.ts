import { CommaSeparatedListOutputParser as LangChainParser } from '@langchain/core/output_parsers';
import { CommaSeparatedListOutputParser } from 'rxlm';
import {
  comparableRuns,
  langChainRuns,
  LangChainStream,
  langChainValues,
} from '../support/langchain';
import { saying } from '../support/models';
import { recordRun, watch } from '../support/run-events';

const parser = new CommaSeparatedListOutputParser();

describe('CommaSeparatedListOutputParser', () => {
  it.each<[string, string[]]>([
    ['gold', ['gold']],
    ['gold, silver,tin', ['gold', 'silver', 'tin']],
    [' gold fish ,\n two lines\n', ['gold fish', 'two lines']],
    ['gold,,', ['gold', '', '']],
    ['', ['']],
  ])('reads %j', async (text, items) => {
    expect(await parser.invoke(text)).toEqual(items);
    expect(await new LangChainParser().invoke(text)).toEqual(items);
  });

  it('[7] streams and reports what LangChain does', async () => {
    const pieces = ['go', 'ld, sil', 'ver, tin,', ' iron'];
    const ours = saying(...pieces).pipe(parser);
    const theirs = new LangChainStream(...pieces).pipe(new LangChainParser());
    expect(watch(ours.stream$('Hi')).values).toEqual(await langChainValues(theirs, 'Hi'));
    expect(comparableRuns(recordRun(ours, 'Hi').events)).toEqual(await langChainRuns(theirs, 'Hi'));
  });

  it('keeps the space within an item, wherever the text is cut', async () => {
    expect(await saying('gold ', 'fish, x').pipe(parser).invoke('Hi')).toEqual(['gold fish', 'x']);
  });
});
