import { List, is } from 'immutable';
import type { Place } from '../cells';
import type { Session } from '../session';
import { keyed } from './keyed';
import {
  NOT_SET,
  dataOf,
  lookUp,
  make,
  overlay,
  prototypeFor,
  real,
  type Any,
  type Methods,
  type View,
} from './view';

/** An index from the front, or undefined where the view itself has no entry there. */
function indexIn(view: View, index: unknown): number | undefined {
  const { size = 0 } = dataOf(view);
  if (!Number.isInteger(index)) return undefined;
  const at = (index as number) < 0 ? size + (index as number) : (index as number);
  return at >= 0 && at < size ? at : undefined;
}

type Asked = (value: unknown, index: number, list: View) => unknown;

/** The index of the first entry for which a predicate holds, or −1; entries after it aren't read. */
function indexWhere(view: View, predicate: Asked, context?: unknown): number {
  const { size = 0 } = dataOf(view);
  for (let index = 0; index < size; index++)
    if (predicate.call(context, (view as Any).get(index), index, view)) return index;
  return -1;
}

function indexOf(this: View, value: unknown): number {
  return indexWhere(this, (entry) => is(entry, value));
}

function includes(this: View, value: unknown): boolean {
  return indexOf.call(this, value) >= 0;
}

const searches: Methods = {
  some(predicate, context) {
    return indexWhere(this, predicate, context) >= 0;
  },

  every(predicate: Asked, context) {
    return indexWhere(this, (...entry) => !predicate.call(context, ...entry)) < 0;
  },

  find(predicate, context, notSet) {
    const index = indexWhere(this, predicate, context);
    return index < 0 ? notSet : (this as Any).get(index);
  },

  findIndex(predicate, context) {
    return indexWhere(this, predicate, context);
  },

  indexOf,
  includes,
  contains: includes,

  count() {
    return arguments.length === 0 ? dataOf(this).size : real(this).count(...arguments);
  },
};

const prototype = prototypeFor(List.prototype as object, {
  ...keyed,
  ...searches,

  get(index, notSet) {
    const { session, place } = dataOf(this);
    const at = indexIn(this, index);
    if (at === undefined) return Number.isInteger(index) ? notSet : real(this).get(index, notSet);
    const id = session.cells.values.idOf(at);
    const { change } = lookUp(this, id);
    if (change?.kind === 'set') return change.value;
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
    return dataOf(this).size === 0;
  },

  set(index, value) {
    const at = indexIn(this, index);
    if (at === undefined) return real(this).set(index, value);
    return overlay(this, { kind: 'set', id: dataOf(this).session.cells.values.idOf(at), key: at, value });
  },

  push(...values) {
    const { session, size = 0 } = dataOf(this);
    if (values.length !== 1) return real(this).push(...values);
    const change = { kind: 'set', id: session.cells.values.idOf(size), key: size, value: values[0] } as const;
    return overlay(this, change, { size: size + 1 });
  },

  pop() {
    const { session, size = 0 } = dataOf(this);
    if (size === 0) return this;
    const change = { kind: 'delete', id: session.cells.values.idOf(size - 1), key: size - 1 } as const;
    return overlay(this, change, { size: size - 1 });
  },

  clear() {
    return dataOf(this).size === 0 ? this : List();
  },
});
Object.defineProperty(prototype, 'size', {
  get(this: View) {
    return dataOf(this).size;
  },
});

/** A view of the List in a place. */
export function listView(session: Session, place: Place, size: number): View {
  return make({ prototype, session, place, size });
}
