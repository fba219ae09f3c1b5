import { expectTypeOf } from 'expect-type';
import type { DeepPartial } from '../../lib/json/deep-partial.js';

interface Recipe {
  readonly title: string;
  difficulty: 'easy' | 'hard';
  steps: { text: string; minutes: number | null }[];
  tags: readonly string[];
  position: [number, string];
  free?: unknown;
}

describe('DeepPartial', () => {
  it('makes members optional, all the way down', () => {
    expectTypeOf<DeepPartial<Recipe>>().toEqualTypeOf<{
      readonly title?: string;
      difficulty?: string;
      steps?: { text?: string; minutes?: number | null }[];
      tags?: readonly string[];
      position?: [number?, string?];
      free?: unknown;
    }>();
    const growing: DeepPartial<Recipe>[] = [{}, { steps: [{}] }, { difficulty: 'ea' }];
    expect(growing).toHaveLength(3);
  });

  it('leaves what is not a container', () => {
    expectTypeOf<DeepPartial<number | boolean | null>>().toEqualTypeOf<number | boolean | null>();
    expectTypeOf<DeepPartial<unknown>>().toBeUnknown();
    const growing: DeepPartial<'whole'> = 'who';
    expect(growing).toBe('who');
  });
});
