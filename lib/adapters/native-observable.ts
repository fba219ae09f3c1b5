/** The observer that the platform's `Observable` takes. */
export interface NativeObserver<T> {
  next?: (value: T) => void;
  error?: (error: unknown) => void;
  complete?: () => void;
}

/**
 * The platform's `Observable`, as far as it is used here: known by its shape, because not every platform has it.
 *
 * @see https://wicg.github.io/observable/
 */
export interface NativeObservable<T> {
  subscribe(observer?: NativeObserver<T>, options?: { signal?: AbortSignal }): void;
}

/** What is given to the function that a native Observable is made with. */
export interface NativeSubscriber<T> {
  next(value: T): void;
  error(error: unknown): void;
  complete(): void;
  addTeardown(teardown: () => void): void;
  readonly active: boolean;
  readonly signal: AbortSignal;
}

/** The class of native Observables: `globalThis.Observable` where there is one. */
export type NativeObservableConstructor = new <T>(
  subscribe: (subscriber: NativeSubscriber<T>) => void,
) => NativeObservable<T>;
