import { isImmutable } from 'immutable';
import type { State } from './model';
import { INSPECT, printed } from './printing';
import { suggestion } from './usageError';

/** Thrown inside the user's function by a state that it misused; the evaluator turns it into a `Fault`. */
export class StateMisuse extends Error {
  readonly advice: string;

  constructor(what: string, advice: string) {
    super(what);
    this.advice = advice;
  }
}

/** Names that the language and its runtimes ask any object for; they are never a misspelt variable. */
const ASKED_OF_ANY_OBJECT = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'toJSON',
  'then',
  'asymmetricMatch',
  'nodeType',
  '$$typeof',
  'inspect',
]);

/**
 * Makes states that the user's code can read like a plain object but can neither change nor misread:
 * writing a variable, or reading one that does not exist, throws in sloppy code too.
 */
function stateHandler(variables: readonly string[]): ProxyHandler<object> {
  const refuse =
    (verb: string, what?: string) =>
    (_target: object, property?: unknown): never => {
      throw new StateMisuse(
        `it ${verb} ${what ?? String(property)} of the state in place`,
        'states never change: return what changes from the effect',
      );
    };
  return {
    get(target, property, receiver) {
      if (
        typeof property === 'string' &&
        !Object.hasOwn(target, property) &&
        !ASKED_OF_ANY_OBJECT.has(property)
      )
        throw new StateMisuse(
          `it reads variable '${property}', which the state does not have${suggestion(property, variables, 'variable')}`,
          'read only variables that init sets',
        );
      return Reflect.get(target, property, receiver);
    },
    set: refuse('sets'),
    defineProperty: refuse('defines'),
    deleteProperty: refuse('deletes'),
    setPrototypeOf: refuse('sets', 'the prototype'),
    preventExtensions: refuse('closes', 'the variables'),
    getPrototypeOf: () => Object.prototype,
  };
}

/** Makes states like `stateHandler`'s whose variables are read when they are asked for. */
export class LazyStates {
  /** What all of them look like, but for the values: no trap lets it be changed. */
  private readonly likeness: object;
  private readonly Handler: new (read: (variable: number) => unknown) => ProxyHandler<object>;

  constructor(variables: readonly string[]) {
    const indices = new Map(variables.map((variable, index) => [variable, index]));
    this.likeness = Object.assign(
      Object.create(PRINTABLE) as object,
      Object.fromEntries(variables.map((variable) => [variable, undefined])),
    );
    this.Handler = lazyHandler(indices, stateHandler(variables));
  }

  /** A state whose variables have the values that `read` gives, by index. */
  of(read: (variable: number) => unknown): State {
    return new Proxy(this.likeness, new this.Handler(read)) as State;
  }
}

/** One object a state, and its traps on a prototype: states are made by the hundred thousand. */
function lazyHandler(indices: ReadonlyMap<string | symbol, number>, handler: ProxyHandler<object>) {
  class LazyHandler implements ProxyHandler<object> {
    constructor(private readonly read: (variable: number) => unknown) {}

    get(target: object, property: string | symbol, receiver: unknown): unknown {
      const index = indices.get(property);
      return index === undefined ? handler.get?.(target, property, receiver) : this.read(index);
    }

    getOwnPropertyDescriptor(_target: object, property: string | symbol): PropertyDescriptor | undefined {
      const index = indices.get(property);
      return index === undefined
        ? undefined
        : { value: this.read(index), enumerable: true, configurable: true, writable: true };
    }
  }
  const { get: _, ...refusals } = handler;
  Object.assign(LazyHandler.prototype, refusals);
  return LazyHandler;
}

type Inspect = (value: unknown, options: object) => string;

/** What a state inherits from, unseen: how it is printed. */
const PRINTABLE: object = Object.create(Object.prototype, {
  [INSPECT]: {
    value(this: object, _depth: number, options: object, inspect: Inspect): string {
      return printed(() =>
        inspect(
          Object.fromEntries(Object.entries(this).map(([name, value]) => [name, printable(value)])),
          options,
        ),
      );
    },
  },
});

/** A value of a state as an object that is printed as its text: Node would show how a collection is made. */
function printable(value: unknown): unknown {
  return isImmutable(value) ? { [INSPECT]: () => String(value) } : value;
}
