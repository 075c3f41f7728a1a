import type { FactoryProvider } from '@nestjs/common';

type Token<T> = abstract new (...args: never[]) => T;
type Tokens<Arguments extends readonly unknown[]> = {
  [Index in keyof Arguments]: Token<Arguments[Index]>;
};

/**
 * Binds a class without decorators to what its constructor takes. The list is checked against
 * the constructor, so a missing or swapped dependency does not compile.
 */
export function bind<Arguments extends unknown[], T extends object>(
  target: new (...args: Arguments) => T,
  dependencies: [...Tokens<Arguments>],
): FactoryProvider<T> {
  return {
    provide: target,
    inject: dependencies,
    useFactory: (...args: Arguments) => new target(...args),
  };
}
