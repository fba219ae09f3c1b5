import { NumberedListOutputParser as LangChainParser } from '@langchain/core/output_parsers';
import { NumberedListOutputParser } from 'rxlm';
import {
  comparableRuns,
  langChainRuns,
  LangChainStream,
  langChainValues,
} from '../support/langchain';
import { saying } from '../support/models';
import { recordRun, watch } from '../support/run-events';

const parser = new NumberedListOutputParser();

describe('NumberedListOutputParser', () => {
  it.each<[string, string[]]>([
    ['1. gold', ['gold']],
    ['Colours:\n\n1. gold fish\n2. silver\n\nEnough?', ['gold fish', 'silver']],
    ['  10. gold', ['gold']],
    ['1.gold\n2) silver', []],
    ['', []],
  ])('reads %j', async (text, items) => {
    expect(await parser.invoke(text)).toEqual(items);
    expect(await new LangChainParser().invoke(text)).toEqual(items);
  });

  it('[7] streams and reports what LangChain does', async () => {
    const pieces = ['Colours:\n1. go', 'ld\n2', '. silver\n', '3. tin'];
    const ours = saying(...pieces).pipe(parser);
    const theirs = new LangChainStream(...pieces).pipe(new LangChainParser());
    expect(watch(ours.stream$('Hi')).values).toEqual(await langChainValues(theirs, 'Hi'));
    expect(comparableRuns(recordRun(ours, 'Hi').events)).toEqual(await langChainRuns(theirs, 'Hi'));
  });

  it('takes lines that end as on Windows', async () => {
    expect(await parser.invoke('1. gold\r\n2. silver\r\n')).toEqual(['gold', 'silver']);
  });
});
