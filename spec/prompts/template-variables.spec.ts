import { expectTypeOf } from 'expect-type';
import type { Flat, TemplateVariables, VariablesIn } from '../../lib/prompts/template-variables.js';
import { compileTemplate } from '../../lib/prompts/internal/template.js';

describe('TemplateVariables', () => {
  it('are the names that the template has at run time', () => {
    expectTypeOf<TemplateVariables<''>>().toBeNever();
    expectTypeOf<TemplateVariables<'text'>>().toBeNever();
    expectTypeOf<TemplateVariables<'{{a}}'>>().toBeNever();
    expectTypeOf<TemplateVariables<'{a}, {b} and {a}'>>().toEqualTypeOf<'a' | 'b'>();
    expectTypeOf<TemplateVariables<'}}{a}{{{b}}}{{c}}'>>().toEqualTypeOf<'a' | 'b'>();
    expectTypeOf<TemplateVariables<'one\n{two words}'>>().toEqualTypeOf<'two words'>();
    expect(compileTemplate('}}{a}{{{b}}}{{c}}').variables).toEqual(['a', 'b']);
  });

  it('are any where the text is not known', () => {
    expectTypeOf<TemplateVariables<string>>().toEqualTypeOf<string>();
  });

  it('are found in a long template', () => {
    type Ten<T extends string> = `${T}${T}${T}${T}${T}${T}${T}${T}${T}${T}`;
    expectTypeOf<TemplateVariables<`${Ten<Ten<'{{}}{a} '>>}{b}`>>().toEqualTypeOf<'a' | 'b'>();
  });
});

describe('VariablesIn', () => {
  it('are those of every text in some content', () => {
    type Blocks = readonly [
      { readonly type: 'text'; readonly text: 'a {b}' },
      { readonly type: 'image_url'; readonly image_url: { readonly url: '{c}' }; n: 1 },
      '{d}',
    ];
    expectTypeOf<VariablesIn<Blocks>>().toEqualTypeOf<'b' | 'c' | 'd'>();
    expectTypeOf<VariablesIn<'{a}'>>().toEqualTypeOf<'a'>();
    expectTypeOf<VariablesIn<readonly { type: 'text'; text: string }[]>>().toEqualTypeOf<string>();
    expectTypeOf<VariablesIn<unknown>>().toEqualTypeOf<string>();
  });
});

describe('Flat', () => {
  it('is the same type in one piece', () => {
    expectTypeOf<Flat<{ a: 1 } & { b?: 2 }>>().toEqualTypeOf<{ a: 1; b?: 2 }>();
  });
});
