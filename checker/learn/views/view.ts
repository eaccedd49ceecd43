import { List, Map, Record, Set, isMap, isSet } from 'immutable';
import { INSPECT, printed } from '../../model/printing';
import { voidRuns } from '../../model/underWay';
import { STANDS_FOR } from '../../value/standIn';
import type { ValueId } from '../../value/values';
import type { Atom, Place, Shape } from '../cells';
import { mapOf, setOf } from '../flatten';
import { refuse } from '../refusal';
import type { Session } from '../session';
import type { Verdicts } from '../verdict';
import { ABSENT } from '../row';

/**
 * Views answer Immutable's API for a collection in a state, noting what is read. They inherit from
 * Immutable's own prototypes, so `isMap` and `instanceof` hold. A method that has no tracked form of its
 * own is run on a real collection of the same entries, all of them read: always right, only coarser.
 * Changing a view gives an overlay: a view with one change on top of another, which reads nothing.
 */
export interface View {
  readonly [DATA]: ViewData;
}

export const DATA = Symbol('everystate.view');

/** One change of an overlay. */
export type Change =
  | { readonly kind: 'set'; readonly id: ValueId; readonly key: unknown; readonly value: unknown }
  | { readonly kind: 'delete'; readonly id: ValueId; readonly key: unknown };

export interface ViewData {
  /** That of the view's methods; from outside a view has the prototype that a value has. */
  readonly prototype: object;
  readonly session: Session;
  readonly place: Place;
  /** For an overlay: what it lies on, and its change. */
  readonly under?: View;
  readonly change?: Change;
  /** For a Set that was filtered: what the filters said when they were given. */
  readonly filter?: Verdicts;
  /** Entries in a List. */
  readonly size?: number;
  readonly shape?: Shape;
  /** The real collection of the same entries, once it was needed. */
  real?: unknown;
}

/** Immutable's collections have more methods than TypeScript can tell from their names. */
export type Any = any;
export type Methods = { [name: string]: (this: View, ...args: Any[]) => unknown };

/** What a tracked lookup answers in place of a value that isn't there. */
export const NOT_SET = Symbol('not set');

/** The view's data, or undefined for anything else. */
export function viewData(value: unknown): ViewData | undefined {
  return typeof value === 'object' && value !== null ? (value as Partial<View>)[DATA] : undefined;
}

/** The data of a view. */
export function dataOf(view: View): ViewData {
  return view[DATA];
}

/** A view with a prototype that `prototypeFor` made. */
export function make(of: ViewData): View {
  const view = Object.create(of.prototype) as { [DATA]: ViewData };
  view[DATA] = of;
  return shown(opaque(view, of.prototype));
}

/** The states and views that tracked runs were given: proxies, that can't be asked what they are. */
const all = new WeakSet<object>();

/** Takes note of a state or a view. */
export function shown<T extends object>(standIn: T): T {
  all.add(standIn);
  return standIn;
}

/** Whether an object is a state or a view, all of data: one that something else was put into is not. */
export function standsForData(object: object, isData: (value: unknown) => boolean): boolean {
  if (!all.has(object)) return false;
  for (let at = viewData(object); at; at = at.under?.[DATA])
    if (at.change?.kind === 'set' && !isData(at.change.value)) return false;
  return true;
}

/**
 * Lets nobody see that a view is made otherwise than the value it shows: who looks at how it is made, or changes that, as
 * a spread or a deep comparison does, is left to a plain run.
 */
export function opaque(view: View, prototype: object): View {
  let handler = handlers.get(prototype);
  if (handler === undefined) handlers.set(prototype, (handler = handlerFor(prototype)));
  return new Proxy(view, handler);
}

const handlers = new WeakMap<object, ProxyHandler<View>>();

function handlerFor(prototype: object): ProxyHandler<View> {
  const values = Object.getPrototypeOf(prototype) as object;
  const refused = (): never => refuse('a view is not made like the value it shows');
  return {
    getPrototypeOf: () => values,
    ownKeys: refused,
    getOwnPropertyDescriptor: refused,
    defineProperty: refused,
    deleteProperty: refused,
    preventExtensions: refused,
    setPrototypeOf: refused,
    has: (view, key) => key in view || (typeof key === 'string' && refused()),
    set: (view, key, value, receiver) => {
      const setter = property(view, key)?.set;
      if (setter === undefined) return refused();
      setter.call(receiver, value);
      return true;
    },
  };
}

/** The view with one change on top. */
export function overlay(view: View, change: Change, more: Partial<ViewData> = {}): View {
  const { prototype, session, place, size, shape } = view[DATA];
  return make({
    prototype,
    session,
    place,
    under: view,
    change,
    ...(size !== undefined && { size }),
    ...(shape && { shape }),
    ...more,
  });
}

/** Whether a view shows all that its place holds, and nothing else. */
export function isPristine(view: View): boolean {
  return view[DATA].change === undefined && view[DATA].filter === undefined;
}

/** The changes from the place's own content up, first to last; undefined where a filter took some of it away. */
export function changesOf(data: ViewData): Change[] | undefined {
  const changes: Change[] = [];
  for (let at: ViewData | undefined = data; at; at = at.under?.[DATA]) {
    if (at.filter) return undefined;
    if (at.change) changes.push(at.change);
  }
  return changes.reverse();
}

/** The last change to a key, looking down from the top, and the data of the view that no change hides. */
export function lookUp(view: View, id: ValueId): { readonly change?: Change; readonly bottom: ViewData } {
  requireOneKind(view, id);
  let at = view[DATA];
  while (at.under) {
    if (at.change?.id === id) return { change: at.change, bottom: at };
    at = at.under[DATA];
  }
  return { bottom: at };
}

/** Throws the `Fault` of a key that Immutable calls equal to another that was changed on the way to a view. */
function requireOneKind(view: View, id: ValueId): void {
  const { cells } = view[DATA].session;
  if (!cells.values.confusable) return;
  for (let at: ViewData | undefined = view[DATA]; at?.change; at = at.under?.[DATA])
    cells.lookalikes.requireOneKind(at.place, at.change.id, id);
}

/** A real collection with the view's entries; collections inside stay views. Reads all keys. */
export function real(view: View): Any {
  const of = view[DATA];
  const quiet = of.session.guardUse(); // what is read quietly would have to be noted later
  if (of.real !== undefined) return of.real;
  const made = of.under && of.change ? applied(real(of.under), of.change) : content(of);
  if (!quiet) of.real = made;
  return made;
}

function applied(collection: Any, change: Change): unknown {
  if (isSet(collection))
    return change.kind === 'set' ? collection.add(change.key) : collection.delete(change.key);
  return change.kind === 'set' ? collection.set(change.key, change.value) : collection.delete(change.key);
}

function content({ session, place, size, shape, filter }: ViewData): unknown {
  const at = (key: unknown): Place => session.cells.child(place, session.cells.values.idOf(key));
  if (shape)
    return shape.example.withMutations((record) => {
      for (const field of shape.fields) record.set(field, session.get(at(field)));
    });
  if (size !== undefined) return List(Array.from({ length: size }, (_, index) => session.get(at(index))));
  if (filter) return setOf(session.fold(place, 'mask', filter, false).map((child) => child.key));
  const present = session.iterate(place).filter((child) => session.peek(child) !== ABSENT);
  const atom = place.atoms[session.peek(place)] as Atom;
  if (atom.kind === 'Set') return setOf(present.map((child) => child.key));
  return mapOf(present.map((child) => [child.key, session.get(child)]));
}

/** The value that a view stands for: a real collection, in which views that were put there stand for theirs. */
function standsFor(this: View): unknown {
  const { session, place } = this[DATA];
  const pristine = isPristine(this);
  const value = pristine ? session.whole(place) : real(this);
  if (!pristine || ((isMap(value) || isSet(value)) && value.size === 0)) session.notes.gaveOther = true;
  return value;
}

const generic = new WeakMap<object, (string | symbol)[]>();

/** The methods without a tracked form of a prototype that `prototypeFor` made. */
export function genericOf(prototype: object): readonly (string | symbol)[] {
  return generic.get(prototype) ?? [];
}

/** Methods for which collections inside must be real too. */
export const DEEP: ReadonlySet<string | symbol> = new globalThis.Set<string | symbol>([
  'equals',
  'hashCode',
  'toJS',
  'toJSON',
  'toString',
  'inspect',
  'toSource',
]);

/** A property of an object or of what it inherits from. */
function property(of: object, name: string | symbol): PropertyDescriptor | undefined {
  for (let p: object | null = of; p; p = Object.getPrototypeOf(p) as object | null) {
    const found = Object.getOwnPropertyDescriptor(p, name);
    if (found) return found;
  }
  return undefined;
}

/** The method that objects of a prototype have; accessors aren't called. */
function inherited(prototype: object, name: string): unknown {
  const found = property(prototype, name);
  return found?.value ?? found?.get;
}

/** What real collections are made of, besides what views have too. */
const ORGANS = new globalThis.Set(
  [Map(), Set(), List(), Record({ field: 0 })()].flatMap((value) =>
    Object.keys(value).filter((name) => !['size', '__ownerID', '__hash'].includes(name)),
  ),
);

/**
 * A prototype for views of one of Immutable's types: `own` methods are tracked, all others are run on the
 * real collection. `from` is the prototype that values have, `type` the one of Immutable's own.
 */
export function prototypeFor(from: object, own: Methods, type = from): object {
  const prototype = Object.create(from) as Any;
  const untracked = new globalThis.Set<string | symbol>();
  const define = (name: string | symbol, method: (this: View, ...args: Any[]) => unknown) =>
    Object.defineProperty(prototype, name, {
      value: function (this: unknown) {
        const data = viewData(this);
        if (data?.prototype !== prototype) refuse('a method of a view is called on something else');
        return method.apply(this as View, arguments as unknown as unknown[]);
      },
      configurable: true,
      writable: true,
    });
  for (const name of ORGANS)
    if (!(name in from))
      Object.defineProperty(prototype, name, { get: () => refuse('a view has other organs') });
  for (
    let p: object | null = type;
    p && p !== Object.prototype;
    p = Object.getPrototypeOf(p) as object | null
  )
    for (const name of Reflect.ownKeys(p)) {
      const method: unknown = Object.getOwnPropertyDescriptor(p, name)?.value;
      if (name === 'constructor' || typeof method !== 'function' || Object.hasOwn(prototype as object, name))
        continue;
      if (prototype[name] !== method) continue; // a class that extends a Record has its own
      untracked.add(name);
      define(name, function (this: View, ...args: unknown[]): unknown {
        if (DEEP.has(name)) return (this as Any)[STANDS_FOR]()[name](...args);
        const target = real(this);
        const result: unknown = target[name](...args);
        return result === target ? this : result; // what is given back as it was is the very same
      });
    }
  const tracked = own['remove'] ? { ...own, delete: own['remove'] } : own;
  for (const [name, method] of Object.entries(tracked)) {
    if (inherited(from, name) !== inherited(type, name)) continue;
    define(name, method);
    untracked.delete(name);
  }
  generic.set(prototype as object, [...untracked]);
  define(STANDS_FOR, standsFor);
  define(INSPECT, function (this: View) {
    return printed(() => String(this), voidRuns);
  });
  return prototype as object;
}
