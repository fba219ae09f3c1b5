/** Decorates a class by hand: these specs are compiled without decorators. */
export function decorate(target: object, ...decorators: ((target: never) => unknown)[]): void {
  for (const decorator of decorators) decorator(target as never);
}

/** Decorates a method and its parameters. */
export function decorateMethod(
  target: { readonly prototype: object },
  name: string,
  decorators: readonly MethodDecorator[],
  parameters: readonly ParameterDecorator[] = [],
): void {
  parameters.forEach((decorator, index) => {
    decorator(target.prototype, name, index);
  });
  const descriptor = Object.getOwnPropertyDescriptor(target.prototype, name);
  for (const decorator of decorators) decorator(target.prototype, name, descriptor!);
}
