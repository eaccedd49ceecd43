import { Collection, Map, getIn, isImmutable, isOrdered, updateIn } from 'immutable';
import { STANDS_FOR } from '../../value/standIn';
import { refuse } from '../refusal';
import { withMutations } from './mutable';
import { NOT_SET, isPristine, real, viewData, type Any, type Methods, type View } from './view';

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
    const keys = keysOf(path);
    for (const [k, key] of keys.entries()) {
      if (!isImmutable(at) || typeof (at as Any).get !== 'function')
        return getIn(at, keys.slice(k) as string[], notSet);
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
    if (below === NOT_SET) {
      // What is given back as it was is not put where nothing is. Only real values tell what is the same object.
      const before = viewData(missing) ? (missing as Any)[STANDS_FOR]() : missing;
      const value = update(before);
      const same = value === before || value === missing || asReal(value) === before;
      return same ? this : self.set(key, nested(rest, value));
    }
    if (rest.length === 0) {
      const value = update(below);
      return value === below ? this : self.set(key, value);
    }
    const changed =
      viewData(below) === undefined
        ? updateIn(below, rest as Any[], missing, update)
        : below.updateIn(rest, missing, update);
    return changed === below ? this : self.set(key, changed);
  },

  removeIn,
  deleteIn: removeIn,
};

/** The keys of a path. Refuses what Immutable takes for none, a string among it: the plain run will say so. */
function keysOf(path: Iterable<unknown>): unknown[] {
  if (Array.isArray(path) || isOrdered(path)) return [...path];
  return refuse('a path is an array or an ordered collection');
}

/** The object that a plain run has in the place of a view that nothing was changed in: equal ones are one there. */
function asReal(value: unknown): unknown {
  return viewData(value) && isPristine(value as View) ? (value as Any)[STANDS_FOR]() : value;
}

/** A value below a path of Maps. */
function nested(path: readonly unknown[], value: unknown): unknown {
  return path.reduceRight((below, key) => Map([[key, below]]), value);
}

function removeIn(this: View, path: Iterable<unknown>): unknown {
  const keys = keysOf(path);
  const [key, ...rest] = keys;
  const self = this as Any;
  if (keys.length === 1) return self.remove(key);
  const below = keys.length === 0 ? undefined : self.get(key, NOT_SET);
  if (below === NOT_SET) return this;
  if (!viewData(below)) return real(this).removeIn(keys);
  const [last] = rest;
  return self.set(key, rest.length === 1 ? below.remove(last) : below.removeIn(rest));
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
