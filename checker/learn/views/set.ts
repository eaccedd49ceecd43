import { Collection, Set, isCollection } from 'immutable';
import { ABSENT, type Place } from '../cells';
import type { Session } from '../session';
import { YES, type Predicate } from '../verdict';
import { defineSize, folded, folds, negated } from './folds';
import { withMutations } from './mutable';
import {
  dataOf,
  isPristine,
  lookUp,
  make,
  overlay,
  prototypeFor,
  real,
  viewData,
  type Any,
  type View,
} from './view';

/** A filter is asked at once, since what it captured may change; it is read only where its result is used. */
function filtered(view: View, predicate: Predicate, judged: Predicate | null): View | undefined {
  const { session, place, filter, change } = dataOf(view);
  if (change || typeof predicate !== 'function') return undefined;
  const verdicts = session.ask(place, predicate, judged, filter);
  return verdicts && make(prototype, { session, place, filter: verdicts });
}

function has(this: View, key: unknown): boolean {
  const { session } = dataOf(this);
  const id = session.keyId(key);
  if (id === undefined) return false;
  const { change, bottom } = lookUp(this, id);
  if (change) return change.kind === 'set';
  const child = session.cells.child(bottom.place, id);
  const local = session.read(child);
  return local !== ABSENT && (bottom.filter === undefined || bottom.filter.of[child.index]?.[local] === YES);
}

function each(collections: unknown[], view: View, put: (view: Any, member: unknown) => Any): unknown {
  let result: Any = view;
  for (const collection of collections)
    for (const member of Set(collection as Iterable<unknown>)) result = put(result, member);
  return result;
}

/** Whether all are collections of members, and not strings or objects that Immutable reads otherwise. */
function plain(collections: unknown[]): boolean {
  return collections.every((collection) => Array.isArray(collection) || isCollection(collection));
}

function union(this: View, ...collections: unknown[]): unknown {
  if (!plain(collections)) return real(this).union(...collections);
  return each(collections, this, (set, member) => set.add(member));
}

const prototype = prototypeFor(Set.prototype as object, {
  ...folds,
  withMutations,
  has,
  includes: has,
  contains: has,

  get(key, notSet) {
    return has.call(this, key) ? key : notSet;
  },

  add(key) {
    const id = dataOf(this).session.keyId(key);
    return id === undefined ? real(this).add(key) : overlay(this, { kind: 'set', id, key, value: key });
  },

  remove(key) {
    const id = dataOf(this).session.keyId(key);
    return id === undefined ? this : overlay(this, { kind: 'delete', id, key });
  },

  filter(predicate) {
    const view = arguments.length === 1 ? filtered(this, predicate, predicate) : undefined;
    return view ?? real(this).filter(...arguments);
  },

  filterNot(predicate) {
    const view =
      arguments.length === 1 && typeof predicate === 'function'
        ? filtered(this, negated(predicate as Predicate), predicate)
        : undefined;
    return view ?? real(this).filterNot(...arguments);
  },

  find(predicate, context, notSet) {
    const found = context === undefined ? folded(this, 'mask', predicate) : undefined;
    return found ? (found[0] ? found[0].key : notSet) : real(this).find(predicate, context, notSet);
  },

  isSuperset(other) {
    return Collection(other as Iterable<unknown>).every((member: unknown) => has.call(this, member));
  },

  isSubset(other) {
    const fixed: Any =
      typeof (other as Any)?.includes === 'function' ? other : Set(other as Iterable<unknown>);
    const outside =
      viewData(fixed) === undefined && isPristine(this)
        ? folded(this, 'any', (member) => !fixed.includes(member), null)
        : undefined;
    return outside ? outside.length === 0 : real(this).isSubset(fixed);
  },

  union,
  merge: union,
  concat: union,

  intersect(...collections) {
    const fixed =
      plain(collections) && !collections.some(viewData) ? collections.map((c: Any) => Set(c)) : undefined;
    const view = fixed && filtered(this, (member) => fixed.every((others) => others.has(member)), null);
    return view ?? real(this).intersect(...collections);
  },

  subtract(...collections) {
    if (!plain(collections)) return real(this).subtract(...collections);
    return each(collections, this, (set, member) => set.remove(member));
  },

  clear() {
    return Set();
  },
});
defineSize(prototype);

/** A view of the Set in a place. */
export function setView(session: Session, place: Place): View {
  return make(prototype, { session, place });
}
