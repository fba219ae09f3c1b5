import { MarkdownListOutputParser as LangChainParser } from '@langchain/core/output_parsers';
import { MarkdownListOutputParser } from 'rxlm';
import {
  comparableRuns,
  langChainRuns,
  LangChainStream,
  langChainValues,
} from '../support/langchain';
import { saying } from '../support/models';
import { recordRun, watch } from '../support/run-events';

const parser = new MarkdownListOutputParser();

describe('MarkdownListOutputParser', () => {
  it.each<[string, string[]]>([
    ['- gold', ['gold']],
    ['Colours:\n\n- gold - fish\n* silver\n\nEnough?', ['gold - fish', 'silver']],
    ['  - gold', ['gold']],
    ['-gold\na - b', []],
    ['', []],
  ])('reads %j', async (text, items) => {
    expect(await parser.invoke(text)).toEqual(items);
    expect(await new LangChainParser().invoke(text)).toEqual(items);
  });

  it('[7] streams and reports what LangChain does', async () => {
    const pieces = ['Colours:\n- go', 'ld\n-', ' silver\n', '* tin'];
    const ours = saying(...pieces).pipe(parser);
    const theirs = new LangChainStream(...pieces).pipe(new LangChainParser());
    expect(watch(ours.stream$('Hi')).values).toEqual(await langChainValues(theirs, 'Hi'));
    expect(comparableRuns(recordRun(ours, 'Hi').events)).toEqual(
      // LangChain calls this parser by the name of the one for numbered lists.
      JSON.parse(
        JSON.stringify(await langChainRuns(theirs, 'Hi')).replace(
          'NumberedListOutputParser',
          'MarkdownListOutputParser',
        ),
      ),
    );
  });

  it('takes lines that end as on Windows', async () => {
    expect(await parser.invoke('- gold\r\n- silver\r\n')).toEqual(['gold', 'silver']);
  });
});
