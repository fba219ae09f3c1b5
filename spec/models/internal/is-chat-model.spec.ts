import { lambda } from 'rxlm';
import { isChatModel } from '../../../lib/models/internal/is-chat-model.js';
import { saying } from '../../support/models.js';

describe('isChatModel', () => {
  it('knows a model by what it can do', () => {
    const model = saying('a');
    for (const each of [model, model.bind({}), model.bindTools([])])
      expect(isChatModel(each)).toBe(true);
  });

  it.each([undefined, null, 'model', {}, lambda(() => 1), { bind: () => 1, bindTools: () => 1 }])(
    'knows that %p is none',
    (value) => {
      expect(isChatModel(value)).toBe(false);
    },
  );
});
