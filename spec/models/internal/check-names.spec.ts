import { checkNames } from '../../../lib/models/internal/check-names.js';

const names = ['model', 'maxTokens', 'stop', 'tools', 'toolChoice', 'listeners', 'temperature'];
const check = (options: object, elsewhere?: Record<string, string>) => () => {
  checkNames(options, names, 'ChatFake', elsewhere);
};

describe('checkNames', () => {
  it.each([
    ['max_tokens', 'use maxTokens'],
    ['callbacks', 'use listeners'],
    ['tool_choice', 'use toolChoice'],
    ['modelName', 'use model'],
    ['stopSequences', 'use stop'],
    ['stop_sequences', 'use stop'],
    ['max_output_tokens', 'use maxTokens'],
    ['run_name', 'use withConfig'],
    ['streaming', 'leave it out: stream$'],
    ['abortSignal', 'use signal'],
    ['temperatur', 'use temperature'],
    ['seed', 'it takes model, maxTokens, stop, tools, toolChoice, listeners, temperature'],
    ['constructor', 'it takes model'],
  ])('is a TypeError for %s that says what to do', (name, remedy) => {
    expect(check({ [name]: 1 })).toThrow(TypeError);
    expect(check({ [name]: 1 })).toThrow(`ChatFake has no option "${name}": ${remedy}`);
  });

  it('takes what there is, and undefined for nothing said', () => {
    expect(check({ model: 'm', stop: ['x'], no_such: undefined })).not.toThrow();
  });

  it('knows a provider’s own words first', () => {
    expect(check({ modelName: 'm' }, { modelName: 'use deployment' })).toThrow('use deployment');
  });

  it('[21] shows no value, and of a name no more than fits', () => {
    const text = 'canary'.repeat(100);
    expect(check({ apikey: 'canary' })).not.toThrow('canary');
    expect(check({ [text]: 1 })).not.toThrow(text);
  });
});
