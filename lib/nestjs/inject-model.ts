import { Inject } from '@nestjs/common';
import { getModelToken } from './model-token.js';

/**
 * A decorator that injects the model of this name of `RxlmModule`, into a parameter of a constructor or a property.
 *
 * @example
 * // constructor(@InjectModel('fast') private readonly model: ChatModel) {}
 */
export function InjectModel(name: string): ParameterDecorator & PropertyDecorator {
  return Inject(getModelToken(name));
}
