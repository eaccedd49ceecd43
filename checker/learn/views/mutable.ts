import { INSPECT, printed } from '../../model/printing';
import { voidRuns } from '../../model/underWay';
import { STANDS_FOR } from '../../value/standIn';
import { refuse } from '../refusal';
import { DATA, DEEP, dataOf, genericOf, opaque, real, viewData, type Any, type View } from './view';

/** What a mutable view shows by now: a view, or a real mutable collection from where a method without a tracked form was called on. */
interface Held {
  shown: View | undefined;
  real: Any;
  changed: boolean;
  /** Whether a method is under way that has called a function of the user's. */
  calling: boolean;
  /** It has been handed out as what it is by now. */
  over: boolean;
}

const HELD = Symbol('everystate.held');

/** A view that changes in place, as Immutable's collections do inside `withMutations`. */
type Mutable = View & { readonly [HELD]: Held };

/**
 * Methods that give the view with a change and call none of the user's functions. Any other tracked one only reads, or
 * is made of these.
 */
const CHANGING = new Set(
  'set add push pop remove delete removeIn deleteIn removeAll deleteAll clear merge concat union subtract'.split(
    ' ',
  ),
);
/** Methods that call a function of the user's and are made of others. */
const COMPOSED = new Set(['update', 'updateIn', 'setIn']);

type Method = (...args: unknown[]) => unknown;

const prototypes = new WeakMap<object, object>();

/** `withMutations` of a view: changes to what the function is given are tracked like those to the view itself. */
export function withMutations(this: View, body: (mutable: unknown) => unknown): unknown {
  const { prototype } = dataOf(this);
  let own = prototypes.get(prototype);
  if (own === undefined) prototypes.set(prototype, (own = mutablePrototype(prototype)));
  const held: Held = {
    shown: this,
    real: undefined,
    changed: false,
    calling: false,
    over: false,
  };
  const mutable = Object.create(own) as Mutable;
  Object.defineProperty(mutable, HELD, { value: held });
  body(opaque(mutable, prototype));
  held.over = true;
  if (!held.changed && !held.real?.wasAltered()) return this;
  return held.shown ?? (held.real = held.real.asImmutable());
}

function mutablePrototype(of: object): object {
  const prototype = Object.create(of) as Any;
  const define = (name: string | symbol, method: (this: Mutable, ...args: unknown[]) => unknown) =>
    Object.defineProperty(prototype, name, {
      value: function (this: Mutable, ...args: unknown[]) {
        if (this[HELD].over && name !== STANDS_FOR) refuse('what withMutations hands out is still in use');
        return method.apply(this, args);
      },
      configurable: true,
    });

  for (const name of genericOf(of)) {
    define(name, function (...args) {
      return DEEP.has(name) ? (this as Any)[STANDS_FOR]()[name](...args) : onReal(this, name, args);
    });
  }
  for (const name of trackedIn(of)) {
    const method = (of as Any)[name] as Method;
    define(name, function (...args) {
      const held = this[HELD];
      if (held.shown === undefined) return onReal(this, name, args);
      if (CHANGING.has(name)) {
        refuseWithin(held);
        const changed = method.apply(held.shown, args);
        if (viewData(changed) === undefined) return onReal(this, name, args);
        held.changed = true;
        held.shown = changed as View;
        return this;
      }
      const given = args.map((arg) => unchanging(held, arg));
      return COMPOSED.has(name) || !args.some((arg) => typeof arg === 'function')
        ? method.apply(this, given)
        : onReal(this, name, args);
    });
  }
  define('withMutations', function (body) {
    (body as Method)(this);
    return this;
  });
  for (const name of ['wasAltered', 'asImmutable', '__ensureOwner'])
    define(name, () => {
      return refuse('whose a collection is, and what has become of it, is not tracked');
    });
  define(STANDS_FOR, function () {
    const held = this[HELD];
    if (held.shown) return (held.shown as Any)[STANDS_FOR]();
    const now: unknown = held.real.asImmutable();
    if (!held.over) {
      held.changed = true;
      held.real = (now as Any).asMutable();
    }
    return now;
  });
  define(INSPECT, function () {
    return printed(() => String(this), voidRuns);
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

/** A function that may not change the collection for which it is called; anything else is as it is. */
function unchanging(held: Held, given: unknown): unknown {
  if (typeof given !== 'function') return given;
  return (...args: unknown[]): unknown => {
    const { calling } = held;
    held.calling = true;
    try {
      return (given as Method)(...args);
    } finally {
      held.calling = calling;
    }
  };
}

function refuseWithin({ calling }: Held): void {
  if (calling) refuse('a change within a change is not tracked');
}

/** Runs a method that has no tracked form, on a real collection: from now on the mutable view is that. */
function onReal(mutable: Mutable, name: string | symbol, args: unknown[]): unknown {
  const held = mutable[HELD];
  refuseWithin(held);
  if (held.shown) {
    held.real = real(held.shown).asMutable();
    held.shown = undefined;
  }
  const result: unknown = held.real[name](...args.map((arg) => unchanging(held, arg)));
  return result === held.real ? mutable : result;
}

/** The names of a view's tracked methods. */
function trackedIn(prototype: object): string[] {
  const generic = new Set(genericOf(prototype));
  return Object.getOwnPropertyNames(prototype).filter(
    (name) =>
      !generic.has(name) && typeof Object.getOwnPropertyDescriptor(prototype, name)?.value === 'function',
  );
}
