import { STANDS_FOR } from '../../value/standIn';
import { DATA, DEEP, dataOf, genericOf, real, viewData, type Any, type View } from './view';

/** What a mutable view shows by now: a view, or a real mutable collection from where a method without a tracked form was called on. */
interface Held {
  readonly shown: View | undefined;
  readonly real?: Any;
  /** What `withMutations` was called on, or a change to it, has been handed out: the object changes no more. */
  readonly over?: boolean;
}

const HELD = Symbol('everystate.held');

/** A view that changes in place, as Immutable's collections do inside `withMutations`. */
type Mutable = View & { [HELD]: Held };

/**
 * Methods that give the view with a change and call none of the user's functions. Any other tracked one only reads, or
 * is made of these.
 */
const CHANGING = new Set(
  'set add push pop remove delete removeIn deleteIn removeAll deleteAll clear merge concat union intersect subtract'.split(
    ' ',
  ),
);

type Method = (...args: unknown[]) => unknown;

const prototypes = new WeakMap<object, object>();

/** `withMutations` of a view: changes to what the function is given are tracked like those to the view itself. */
export function withMutations(this: View, body: (mutable: unknown) => unknown): unknown {
  const prototype = Object.getPrototypeOf(this) as object;
  let own = prototypes.get(prototype);
  if (own === undefined) prototypes.set(prototype, (own = mutablePrototype(prototype)));
  const mutable = Object.create(own) as Mutable;
  mutable[HELD] = { shown: this };
  body(mutable);
  const result = handedOut(mutable[HELD]);
  mutable[HELD] = { shown: viewData(result) && (result as View), real: result, over: true };
  return result;
}

function handedOut({ shown, real }: Held): unknown {
  return shown ?? real.asImmutable();
}

function mutablePrototype(of: object): object {
  const prototype = Object.create(of) as Any;
  const define = (name: string | symbol, value: unknown) =>
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });

  for (const name of genericOf(of)) {
    const method = (of as Any)[name] as Method;
    define(name, function (this: Mutable, ...args: unknown[]) {
      const { real, over } = this[HELD];
      if (over) return real[name](...args);
      return DEEP.has(name) ? method.apply(this, args) : onReal(this, name, args);
    });
  }
  for (const name of trackedIn(of)) {
    const method = (of as Any)[name] as Method;
    define(name, function (this: Mutable, ...args: unknown[]) {
      const { shown, real, over } = this[HELD];
      if (over) return real[name](...args);
      if (shown === undefined) return onReal(this, name, args);
      if (!CHANGING.has(name)) return method.apply(this, args);
      this[HELD] = holding(method.apply(shown, args));
      return this;
    });
  }
  define('withMutations', function (this: Mutable, body: (mutable: unknown) => unknown) {
    if (this[HELD].over) return this[HELD].real.withMutations(body);
    body(this);
    return this;
  });
  define('wasAltered', function (this: Mutable) {
    if (this[HELD].over) return false;
    throw new Error('what has been altered is not tracked');
  });
  define(STANDS_FOR, function (this: Mutable) {
    const { shown, real } = this[HELD];
    if (shown) return (shown as Any)[STANDS_FOR]();
    const now = real.asImmutable();
    if (!this[HELD].over) this[HELD] = { shown, real: now.asMutable() };
    return now;
  });
  const getter = (name: string | symbol, get: (this: Mutable) => unknown) =>
    Object.defineProperty(prototype, name, { get });
  getter('size', function () {
    const { shown, real } = this[HELD];
    return ((shown ?? real) as { size: number }).size;
  });
  getter('__ownerID', function () {
    return this[HELD].over ? undefined : this; // what Records look at before they let a field be set
  });
  getter(DATA, function () {
    const { shown } = this[HELD];
    return shown && dataOf(shown);
  });
  return prototype as object;
}

/** Runs a method that has no tracked form, on a real collection: from now on the mutable view is that. */
function onReal(mutable: Mutable, name: string | symbol, args: unknown[]): unknown {
  const { shown } = mutable[HELD];
  if (shown) mutable[HELD] = holding(real(shown));
  const held: Any = mutable[HELD].real;
  const result: unknown = held[name](...args);
  return result === held ? mutable : result;
}

function holding(changed: unknown): Held {
  return viewData(changed)
    ? { shown: changed as View }
    : { shown: undefined, real: (changed as Any).asMutable() };
}

/** The names of a view's tracked methods. */
function trackedIn(prototype: object): string[] {
  const generic = new Set(genericOf(prototype));
  return Object.getOwnPropertyNames(prototype).filter(
    (name) =>
      !generic.has(name) && typeof Object.getOwnPropertyDescriptor(prototype, name)?.value === 'function',
  );
}
