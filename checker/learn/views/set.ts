import { Collection, Set, isCollection, isImmutable } from 'immutable';
import { iterationOrder } from '../../value/iterationOrder';
import type { Place } from '../cells';
import type { Session } from '../session';
import { refuse } from '../refusal';
import { YES, type Predicate } from '../verdict';
import { asksOnly, defineSize, folded, folds, negated } from './folds';
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
import { ABSENT } from '../row';

/** A filter is asked at once, since what it captured may change; it is read only where its result is used. */
function filtered(view: View, predicate: Predicate, judged: Predicate): View | undefined {
  const { session, place, filter, change, real: read } = dataOf(view);
  if (change || read !== undefined) return undefined; // where all of it is read, there is nothing to be spared
  const verdicts = session.ask(place, predicate, judged, filter);
  return verdicts && make({ prototype, session, place, filter: verdicts });
}

function has(this: View, key: unknown): boolean {
  const { session } = dataOf(this);
  const id = session.keyId(key);
  if (id === undefined) return real(this).has(key);
  const { change, bottom } = lookUp(this, id);
  if (change) return change.kind === 'set';
  const child = session.below(bottom.place, id);
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
    return id === undefined ? real(this).remove(key) : overlay(this, { kind: 'delete', id, key });
  },

  filter(predicate) {
    const view = asksOnly(arguments) ? filtered(this, predicate, predicate) : undefined;
    return view ?? real(this).filter(...arguments);
  },

  filterNot(predicate) {
    const view = asksOnly(arguments) ? filtered(this, negated(predicate as Predicate), predicate) : undefined;
    return view ?? real(this).filterNot(...arguments);
  },

  find(predicate, context, notSet) {
    const found =
      typeof predicate === 'function' && context === undefined ? folded(this, 'mask', predicate) : undefined;
    return found ? (found[0] ? found[0].key : notSet) : real(this).find(predicate, context, notSet);
  },

  isSuperset(other) {
    if (other === undefined || other === null) return real(this).isSuperset(other);
    return Collection(other as Iterable<unknown>).every((member: unknown) => has.call(this, member));
  },

  isSubset(other) {
    if (other === undefined || other === null) return real(this).isSubset(other);
    const fixed: Any =
      typeof (other as Any).includes === 'function' ? other : Collection(other as Iterable<unknown>);
    if (!isImmutable(fixed) && [...fixed].some((member) => typeof member === 'object' && member !== null))
      refuse('an array tells members apart by identity');
    const outside =
      viewData(fixed) === undefined && isPristine(this) && dataOf(this).session.mayCompare(fixed)
        ? folded(this, 'any', (member) => !fixed.includes(member), null)
        : undefined;
    return outside ? outside.length === 0 : real(this).isSubset(fixed);
  },

  union,
  merge: union,
  concat: union,

  subtract(...collections) {
    if (!plain(collections)) return real(this).subtract(...collections);
    // Immutable removes members in the order in which the Set iterates; one that was changed has an order of its own.
    if (!isPristine(this)) return real(this).subtract(...collections);
    const members = Set.union(collections as Iterable<unknown>[]).toArray();
    return each([members.sort(iterationOrder)], this, (set, member) => set.remove(member));
  },

  clear() {
    return Set();
  },
});
defineSize(prototype);

/** A view of the Set in a place. */
export function setView(session: Session, place: Place): View {
  return make({ prototype, session, place });
}
