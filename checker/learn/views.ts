import * as Immutable from 'immutable';
import { STANDS_FOR } from '../value/standIn';
import type { ValueId } from '../value/values';
import { ABSENT, type Atom, type Place, type Shape } from './cells';
import { mapOf, setOf } from './flatten';
import type { Session } from './session';

/**
 * Views answer Immutable's API for a collection in a state, noting what is read. They inherit from
 * Immutable's own prototypes, so `isMap` and `instanceof` hold. A method that has no tracked form of its
 * own here is run on a real collection of the same entries, all of them read: always right, only coarser.
 * Changing a view gives an overlay: a view with one change on top of another, which reads nothing.
 */
export interface View {
  readonly [DATA]: ViewData;
}

const DATA = Symbol('everystate.view');

/** One change of an overlay. */
export type Change =
  | { readonly kind: 'set'; readonly id: ValueId; readonly key: unknown; readonly value: unknown }
  | { readonly kind: 'delete'; readonly id: ValueId; readonly key: unknown };

interface ViewData {
  readonly session: Session;
  readonly place: Place;
  /** For an overlay: what it lies on, and its change. */
  readonly under?: View;
  readonly change?: Change;
  /** Entries in a List. */
  readonly size?: number;
  readonly shape?: Shape;
  /** The real collection of the same entries, once it was needed. */
  real?: unknown;
}

/** The view's data, or undefined for anything else. */
export function viewData(value: unknown): ViewData | undefined {
  return typeof value === 'object' && value !== null ? (value as Partial<View>)[DATA] : undefined;
}

/** The changes from the place's own content up, first to last. */
export function changesOf(view: View): Change[] {
  const changes: Change[] = [];
  for (let data: ViewData | undefined = view[DATA]; data; data = data.under?.[DATA])
    if (data.change) changes.push(data.change);
  return changes.reverse();
}

type Methods = { [name: string]: (this: View, ...args: any[]) => unknown };
type Any = any;
type Predicate = (value: unknown, key: unknown) => unknown;

const data = (view: View): ViewData => view[DATA];

function overlay(view: View, change: Change, more: Partial<ViewData> = {}): View {
  const { session, place, size, shape } = data(view);
  const made = Object.create(Object.getPrototypeOf(view) as object) as object;
  const added: ViewData = {
    session,
    place,
    under: view,
    change,
    ...(size !== undefined && { size }),
    ...(shape && { shape }),
    ...more,
  };
  Object.defineProperty(made, DATA, { value: added });
  return made as View;
}

function make(prototype: object, of: ViewData): View {
  const view = Object.create(prototype) as View;
  Object.defineProperty(view, DATA, { value: of });
  return view;
}

/** The last change to a key, looking down from the top. */
function changeTo(view: View, id: ValueId): Change | undefined {
  for (let at: ViewData | undefined = data(view); at; at = at.under?.[DATA]) if (at.change?.id === id) return at.change;
  return undefined;
}

function isPristine(view: View): boolean {
  return data(view).change === undefined;
}

/** A real collection with the view's entries; collections inside stay views. Reads all keys. */
function real(view: View): Any {
  const of = data(view);
  of.real ??= of.under && of.change ? applied(real(of.under), of.change) : realContent(of);
  return of.real;
}

function applied(collection: Any, change: Change): unknown {
  if (Immutable.isSet(collection)) return change.kind === 'set' ? collection.add(change.key) : collection.delete(change.key);
  return change.kind === 'set' ? collection.set(change.key, change.value) : collection.delete(change.key);
}

function realContent({ session, place, size, shape }: ViewData): unknown {
  if (shape)
    return shape.example.withMutations((record) => {
      for (const field of shape.fields) record.set(field, session.get(childAt(session, place, field)));
    });
  if (size !== undefined)
    return Immutable.List(Array.from({ length: size }, (_, index) => session.get(childAt(session, place, index))));
  const present = session.iterate(place).filter((child) => session.peek(child) !== ABSENT);
  const atom = place.atoms[session.peek(place)] as Atom;
  if (atom.kind === 'Set') return setOf(present.map((child) => child.key));
  return mapOf(present.map((child) => [child.key, session.get(child)]));
}

function childAt(session: Session, place: Place, key: unknown): Place {
  return session.cells.child(place, session.cells.values.idOf(key));
}

/** The value that a view stands for, with nothing but real collections in it. */
function standsFor(this: View): unknown {
  const { session, place } = data(this);
  return isPristine(this) ? session.whole(place) : session.cells.values.canonicalOf(real(this));
}

/** Gives `prototype` the methods of one of Immutable's, run on the real collection. */
function delegate(prototype: object, from: object, own: Methods): void {
  const deep = new Set(['equals', 'hashCode', 'toJS', 'toJSON', 'toString', 'inspect', 'toSource']);
  for (let p: object | null = from; p && p !== Object.prototype; p = Object.getPrototypeOf(p) as object | null)
    for (const name of Reflect.ownKeys(p)) {
      const descriptor = Object.getOwnPropertyDescriptor(p, name);
      if (name === 'constructor' || Object.hasOwn(prototype, name) || typeof descriptor?.value !== 'function') continue;
      if ((prototype as Any)[name] !== descriptor.value) continue; // a class that extends the Record has its own
      const method = function (this: View, ...args: unknown[]): unknown {
        const target: Any = deep.has(name as string) ? (this as Any)[STANDS_FOR]() : real(this);
        return target[name](...args);
      };
      Object.defineProperty(prototype, name, { value: method, configurable: true, writable: true });
    }
  for (const [name, method] of Object.entries(own)) Object.defineProperty(prototype, name, { value: method, configurable: true, writable: true });
  Object.defineProperty(prototype, STANDS_FOR, { value: standsFor });
}

/** What Map, Record and List views share: all that builds on `get` and `set`. */
const keyed: Methods = {
  update(key, notSet, updater) {
    if (arguments.length === 1) return key(this);
    const self = this as Any;
    return self.set(key, arguments.length === 2 ? notSet(self.get(key)) : updater(self.get(key, notSet)));
  },
  getIn(path: Iterable<unknown>, notSet: unknown) {
    let at: Any = this;
    for (const key of path) {
      if (!Immutable.isImmutable(at) || typeof (at as Any).get !== 'function') return Immutable.getIn(at, [key as string], notSet);
      at = (at as Any).get(key, NOT_SET);
      if (at === NOT_SET) return notSet;
    }
    return at;
  },
  setIn(path: Iterable<unknown>, value: unknown) {
    return (this as Any).updateIn(path, NOT_SET, () => value);
  },
  updateIn(path: Iterable<unknown>, notSet: unknown, updater: (value: unknown) => unknown) {
    const keys = [...path];
    const update = arguments.length === 2 ? (notSet as (value: unknown) => unknown) : updater;
    const missing = arguments.length === 2 ? undefined : notSet;
    if (keys.length === 0) return update(this);
    const [key, ...rest] = keys;
    const self = this as Any;
    const below = self.get(key, NOT_SET);
    if (rest.length === 0) {
      const old: unknown = below === NOT_SET ? missing : below;
      const value = update(old);
      return value === old ? this : self.set(key, value);
    }
    if (viewData(below) === undefined) return real(this).updateIn(keys, missing, update);
    return self.set(key, below.updateIn(rest, missing, update));
  },
};
const NOT_SET = Symbol('not set');

const mapMethods: Methods = {
  ...keyed,
  get(key, notSet) {
    const { session, place } = data(this);
    const id = session.keyId(key);
    if (id === undefined) return notSet;
    const change = changeTo(this, id);
    if (change) return change.kind === 'set' ? change.value : notSet;
    const value = session.get(session.cells.child(place, id));
    return value === undefined ? notSet : value;
  },
  has(key) {
    return (this as Any).get(key, NOT_SET) !== NOT_SET;
  },
  set(key, value) {
    const id = data(this).session.keyId(key);
    return id === undefined ? real(this).set(key, value) : overlay(this, { kind: 'set', id, key, value });
  },
  remove(key) {
    const id = data(this).session.keyId(key);
    return id === undefined ? this : overlay(this, { kind: 'delete', id, key });
  },
  some(predicate) {
    const found = folded(this, 'any', predicate);
    return found ? found.length > 0 : real(this).some(...arguments);
  },
  every(predicate) {
    return every(this, predicate) ?? real(this).every(...arguments);
  },
  count(predicate) {
    return counted(this, predicate) ?? real(this).count(...arguments);
  },
  isEmpty() {
    return anyEntry(this);
  },
  merge(...collections) {
    return mergedInto(this, collections);
  },
};

const setMethods: Methods = {
  has(key) {
    const { session, place } = data(this);
    const id = session.keyId(key);
    if (id === undefined) return false;
    const change = changeTo(this, id);
    return change ? change.kind === 'set' : session.read(session.cells.child(place, id)) !== ABSENT;
  },
  add(key) {
    const id = data(this).session.keyId(key);
    return id === undefined ? real(this).add(key) : overlay(this, { kind: 'set', id, key, value: key });
  },
  remove(key) {
    const id = data(this).session.keyId(key);
    return id === undefined ? this : overlay(this, { kind: 'delete', id, key });
  },
  get(key, notSet) {
    return (this as Any).has(key) ? key : notSet;
  },
  some(predicate) {
    const found = folded(this, 'any', predicate);
    return found ? found.length > 0 : real(this).some(...arguments);
  },
  every(predicate) {
    return every(this, predicate) ?? real(this).every(...arguments);
  },
  count(predicate) {
    return counted(this, predicate) ?? real(this).count(...arguments);
  },
  isEmpty() {
    return anyEntry(this);
  },
  filter(predicate) {
    const members = folded(this, 'mask', predicate);
    return members ? setOf(members.map((child) => child.key)) : real(this).filter(...arguments);
  },
  filterNot(predicate) {
    const members = typeof predicate === 'function' ? folded(this, 'mask', negated(predicate), predicate) : undefined;
    return members ? setOf(members.map((child) => child.key)) : real(this).filterNot(...arguments);
  },
  find(predicate, context, notSet) {
    const members = context === undefined ? folded(this, 'mask', predicate) : undefined;
    return members ? (members[0] ? members[0].key : notSet) : real(this).find(predicate, context, notSet);
  },
  isSuperset(other) {
    return Immutable.Collection(other as Iterable<unknown>).every((member: unknown) => (this as Any).has(member));
  },
  isSubset(other) {
    const fixed: Any = typeof (other as Any)?.includes === 'function' ? other : Immutable.Set(other as Iterable<unknown>);
    const data_ = viewData(fixed);
    if (data_ === undefined && isPristine(this)) {
      const outside = data(this).session.fold(data(this).place, 'any', (member) => !fixed.includes(member), null);
      if (outside) return outside.length === 0;
    }
    return real(this).isSubset(fixed);
  },
  union(...collections) {
    if (collections.some((c) => !Array.isArray(c) && !Immutable.isCollection(c))) return real(this).union(...collections);
    let view: Any = this;
    for (const collection of collections) for (const member of Immutable.Set(collection as Iterable<unknown>)) view = view.add(member);
    return view;
  },
  subtract(...collections) {
    if (collections.some((c) => !Array.isArray(c) && !Immutable.isCollection(c))) return real(this).subtract(...collections);
    let view: Any = this;
    for (const collection of collections) for (const member of Immutable.Set(collection as Iterable<unknown>)) view = view.remove(member);
    return view;
  },
};

const recordMethods: Methods = {
  ...keyed,
  get(field, notSet) {
    const { session, place, shape } = data(this);
    const id = session.keyId(field);
    if (id === undefined || !shape?.fields.includes(field as string)) return notSet;
    const change = changeTo(this, id);
    if (change) return change.kind === 'set' ? change.value : notSet;
    return session.get(session.cells.child(place, id));
  },
  set(field, value) {
    const { session, shape } = data(this);
    const id = session.keyId(field);
    if (id === undefined || !shape?.fields.includes(field as string)) return this;
    return overlay(this, { kind: 'set', id, key: field, value });
  },
  remove(field) {
    const { shape } = data(this);
    return (this as Any).set(field, shape?.example.clear().get(field as string));
  },
  merge(...collections) {
    return mergedInto(this, collections);
  },
};

const listMethods: Methods = {
  ...keyed,
  get(index, notSet) {
    const { session, size = 0, place } = data(this);
    if (!Number.isInteger(index)) return real(this).get(index, notSet);
    const at = index < 0 ? size + (index as number) : (index as number);
    if (at < 0 || at >= size) return notSet;
    const id = session.cells.values.idOf(at);
    const change = changeTo(this, id);
    if (change) return (change as { value?: unknown }).value;
    return session.get(session.cells.child(place, id));
  },
  has(index) {
    return (this as Any).get(index, NOT_SET) !== NOT_SET;
  },
  first(notSet) {
    return (this as Any).get(0, notSet);
  },
  last(notSet) {
    return (this as Any).get(-1, notSet);
  },
  isEmpty() {
    return data(this).size === 0;
  },
  set(index, value) {
    const { session, size = 0 } = data(this);
    const at = Number.isInteger(index) && (index as number) < 0 ? size + (index as number) : (index as number);
    if (!Number.isInteger(at) || at < 0 || at >= size) return real(this).set(index, value);
    return overlay(this, { kind: 'set', id: session.cells.values.idOf(at), key: at, value });
  },
  push(...values) {
    const { session, size = 0 } = data(this);
    if (values.length !== 1) return real(this).push(...values);
    return overlay(this, { kind: 'set', id: session.cells.values.idOf(size), key: size, value: values[0] }, { size: size + 1 });
  },
};

/** `count()` and `size` of a pristine view; undefined where it must be counted for real. */
function counted(view: View, predicate: unknown): number | undefined {
  if (predicate === undefined && isPristine(view)) return data(view).session.fold(data(view).place, 'count', null)?.length;
  return predicate === undefined ? undefined : folded(view, 'count', predicate)?.length;
}

function anyEntry(view: View): boolean {
  const present = isPristine(view) ? data(view).session.fold(data(view).place, 'any', null) : undefined;
  return present ? present.length === 0 : (real(view) as { isEmpty(): boolean }).isEmpty();
}

function every(view: View, predicate: unknown): boolean | undefined {
  if (typeof predicate !== 'function') return undefined;
  const against = folded(view, 'any', negated(predicate), predicate);
  return against && against.length === 0;
}

function negated(predicate: unknown): (value: unknown, key: unknown) => boolean {
  return (value, key) => !(predicate as (value: unknown, key: unknown) => unknown)(value, key);
}

/** The children for which a predicate holds, by a fold; undefined where it does not qualify. `judged` is the user's own function. */
function folded(view: View, mode: 'any' | 'count' | 'mask', predicate: unknown, judged = predicate): readonly Place[] | undefined {
  if (!isPristine(view) || typeof predicate !== 'function') return undefined;
  const { session, place } = data(view);
  return session.fold(place, mode, predicate as Predicate, judged as Predicate);
}

function mergedInto(view: View, collections: unknown[]): unknown {
  let merged: Any = view;
  for (const collection of collections)
    Immutable.Collection.Keyed(collection as { [key: string]: unknown }).forEach((value, key) => {
      merged = merged.set(key, value);
    });
  return merged;
}

function prototypeFor(from: object, own: Methods): object {
  const prototype = Object.create(from) as object;
  const methods: Methods = { ...own };
  if (own['remove']) methods['delete'] = own['remove'];
  if (own['has'] && !own['push'] && own['add']) methods['includes'] = methods['contains'] = own['has'];
  delegate(prototype, from, methods);
  return prototype;
}

const mapPrototype = prototypeFor(Immutable.Map.prototype as object, mapMethods);
const setPrototype = prototypeFor(Immutable.Set.prototype as object, setMethods);
const listPrototype = prototypeFor(Immutable.List.prototype as object, listMethods);
for (const prototype of [mapPrototype, setPrototype])
  Object.defineProperty(prototype, 'size', {
    get(this: View) {
      return counted(this, undefined) ?? (real(this) as { size: number }).size;
    },
  });
Object.defineProperty(listPrototype, 'size', {
  get(this: View) {
    return data(this).size;
  },
});

const recordPrototypes = new WeakMap<Shape, object>();

function recordPrototype(shape: Shape): object {
  const known = recordPrototypes.get(shape);
  if (known) return known;
  // Methods that a class extending the Record declares stay as they are: they read through `get`.
  const prototype = Object.create(Object.getPrototypeOf(shape.example) as object) as object;
  delegate(prototype, Immutable.Record.prototype as object, { ...recordMethods, delete: recordMethods['remove'] as () => unknown });
  recordPrototypes.set(shape, prototype);
  return prototype;
}

export const MapView = { of: (session: Session, place: Place): View => make(mapPrototype, { session, place }) };
export const SetView = { of: (session: Session, place: Place): View => make(setPrototype, { session, place }) };
export const ListView = {
  of: (session: Session, place: Place, size: number): View => make(listPrototype, { session, place, size }),
};
export const RecordView = {
  of: (session: Session, place: Place, shape: Shape): View => make(recordPrototype(shape), { session, place, shape }),
};
