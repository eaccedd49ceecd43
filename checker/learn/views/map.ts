import { Collection, Map, is } from 'immutable';
import type { Place } from '../cells';
import type { Session } from '../session';
import { defineSize, folded, folds } from './folds';
import { keyed, merge } from './keyed';
import { NOT_SET, dataOf, lookUp, make, overlay, prototypeFor, real, type Any, type View } from './view';

function includes(this: View, value: unknown): boolean {
  const found = dataOf(this).session.mayCompare(value)
    ? folded(this, 'any', (other) => is(other, value), null)
    : undefined;
  return found ? found.length > 0 : real(this).includes(value);
}

function removeAll(this: View, keys: Iterable<unknown>): unknown {
  let result: Any = this;
  Collection(keys).forEach((key) => void (result = result.remove(key)));
  return result;
}

const prototype = prototypeFor(Map.prototype as object, {
  ...keyed,
  ...folds,
  includes,
  contains: includes,
  merge,
  concat: merge,
  removeAll,
  deleteAll: removeAll,

  get(key, notSet) {
    const { session, place } = dataOf(this);
    const id = session.keyId(key);
    if (id === undefined) return real(this).get(key, notSet);
    const { change } = lookUp(this, id);
    if (change) return change.kind === 'set' ? change.value : notSet;
    const value = session.get(session.below(place, id));
    return value === undefined ? notSet : value;
  },

  has(key) {
    return (this as Any).get(key, NOT_SET) !== NOT_SET;
  },

  set(key, value) {
    const id = dataOf(this).session.keyId(key);
    return id === undefined ? real(this).set(key, value) : overlay(this, { kind: 'set', id, key, value });
  },

  remove(key) {
    const id = dataOf(this).session.keyId(key);
    return id === undefined ? real(this).remove(key) : overlay(this, { kind: 'delete', id, key });
  },

  clear() {
    return Map();
  },
});
defineSize(prototype);

/** A view of the Map in a place. */
export function mapView(session: Session, place: Place): View {
  return make({ prototype, session, place });
}
