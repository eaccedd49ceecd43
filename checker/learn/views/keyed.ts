import { Collection, Map, getIn, isImmutable, isOrdered, updateIn } from 'immutable';
import { withMutations } from './mutable';
import { NOT_SET, dataOf, real, viewData, type Any, type Methods, type View } from './view';

/** What views of Maps, Records and Lists share: all that builds on `get` and `set`. */
export const keyed: Methods = {
  withMutations,

  update(key, notSet, updater) {
    const self = this as Any;
    if (arguments.length === 1) return key(this);
    return arguments.length === 2 ? self.updateIn([key], notSet) : self.updateIn([key], notSet, updater);
  },

  getIn(path: Iterable<unknown>, notSet: unknown) {
    let at: Any = this;
    for (const key of keysOf(path)) {
      if (!isImmutable(at) || typeof (at as Any).get !== 'function')
        return getIn(at, [key as string], notSet);
      at = (at as Any).get(key, NOT_SET);
      if (at === NOT_SET) return notSet;
    }
    return at;
  },

  hasIn(path: Iterable<unknown>) {
    return (this as Any).getIn(path, NOT_SET) !== NOT_SET;
  },

  setIn(path: Iterable<unknown>, value: unknown) {
    return (this as Any).updateIn(path, NOT_SET, () => value);
  },

  updateIn(path: Iterable<unknown>, notSet: unknown, updater: (value: unknown) => unknown) {
    const keys = keysOf(path);
    const update = arguments.length === 2 ? (notSet as (value: unknown) => unknown) : updater;
    const missing = arguments.length === 2 ? undefined : notSet;
    if (keys.length === 0) return update(this);
    const [key, ...rest] = keys;
    const self = this as Any;
    const below = self.get(key, NOT_SET);
    if (rest.length === 0) {
      const old: unknown = below === NOT_SET ? missing : below;
      const value = update(old);
      return same(this, value, old) ? this : self.set(key, value);
    }
    if (viewData(below) !== undefined) return self.set(key, below.updateIn(rest, missing, update));
    const before: unknown = below === NOT_SET ? Map() : below;
    const updated = updateIn(before as Any, rest as Any[], missing, update);
    return updated === before ? this : self.set(key, updated);
  },

  removeIn,
  deleteIn: removeIn,
};

/** The keys of a path. Throws for what Immutable takes for none, a string among it: the plain run will say so. */
function keysOf(path: Iterable<unknown>): unknown[] {
  if (Array.isArray(path) || isOrdered(path)) return [...path];
  throw new TypeError('a path is an array or an ordered collection');
}

function removeIn(this: View, path: Iterable<unknown>): unknown {
  const keys = keysOf(path);
  const [key, ...rest] = keys;
  const self = this as Any;
  if (keys.length === 1) return self.remove(key);
  const below = keys.length === 0 ? undefined : self.get(key, NOT_SET);
  if (below === NOT_SET) return this;
  return viewData(below) && typeof below.removeIn === 'function'
    ? self.set(key, below.removeIn(rest))
    : real(this).removeIn(keys);
}

/**
 * Whether an updater gave back what it was given. Among real values that is the same object; of a view, and
 * of what was made from it, only the value can be compared.
 */
function same(view: View, a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (viewData(a) === undefined && viewData(b) === undefined) return false;
  const { values } = dataOf(view).session.cells;
  return isImmutable(a) && isImmutable(b) && values.idOf(a) === values.idOf(b);
}

/** `merge` of a Map or Record: one `set` an entry. */
export function merge(this: unknown, ...collections: unknown[]): unknown {
  let merged: Any = this;
  for (const collection of collections)
    Collection.Keyed(collection as { [key: string]: unknown }).forEach((value, key) => {
      merged = merged.set(key, value);
    });
  return merged;
}
