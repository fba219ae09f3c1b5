import { FakeChatModel } from 'rxlm/testing';
import { ModelError } from 'rxlm';
import { forEachOf, hasCode, outcomeOf, withoutId } from '../../../lib/testing/contract/outcome';

describe('outcomeOf', () => {
  it('has the chunks, their fold, the events and the error of a run', async () => {
    const failure = new ModelError('no', { code: 'overloaded', provider: 'fake' });
    const outcome = await outcomeOf(new FakeChatModel([['a', 'b', failure]]));
    expect(outcome.chunks.map(({ text }) => text)).toEqual(['a', 'b']);
    expect(outcome.message.text).toBe('ab');
    expect(outcome.events.at(-1)?.event).toBe('on_chat_model_error');
    expect(() => {
      hasCode(outcome.error, 'overloaded');
    }).not.toThrow();
    expect(() => {
      hasCode(outcome.error, 'truncated', 'here');
    }).toThrow('here');
  });

  it('has no error of a run that completes', async () => {
    const { error, message } = await outcomeOf(new FakeChatModel(['a']));
    expect(error).toBeUndefined();
    expect(withoutId(message)).toMatchObject({ content: 'a' });
    expect(() => {
      hasCode(error, 'truncated');
    }).toThrow('the run has to fail');
  });
});

describe('forEachOf', () => {
  it('does the work for each item, eight at a time at most', async () => {
    const seen: number[] = [];
    let open = 0;
    let most = 0;
    await forEachOf([...Array(20).keys()], async (item) => {
      open += 1;
      most = Math.max(most, open);
      await Promise.resolve();
      seen.push(item);
      open -= 1;
    });
    expect(seen.sort((a, b) => a - b)).toEqual([...Array(20).keys()]);
    expect(most).toBe(8);
  });
});
