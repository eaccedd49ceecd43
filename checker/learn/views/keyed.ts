import { Collection, Map, Set, getIn, is, isImmutable, isOrdered, set, setIn, updateIn } from 'immutable';
import { kindOf } from '../../value/kind';
import { STANDS_FOR } from '../../value/standIn';
import { mayChange } from '../../value/values';
import { refuse } from '../refusal';
import { withMutations } from './mutable';
import { NOT_SET, real, viewData, type Any, type Methods, type View } from './view';

/** What views of Maps, Records and Lists share: all that builds on `get` and `set`. */
export const keyed: Methods = {
  withMutations,

  update(...given) {
    return given.length === 1 ? given[0](this) : (this as Any).updateIn([given[0]], given[1], given[2]);
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

  updateIn(path: Iterable<unknown>, notSet: unknown, updater?: Updater) {
    const [missing, update] = updater ? [notSet, updater] : [undefined, notSet as Updater];
    return updated(this, keysOf(path), missing, update);
  },

  removeIn,
  deleteIn: removeIn,
};

/** The keys of a path. Refuses what Immutable takes for none, a string among it: the plain run will say so. */
function keysOf(path: Iterable<unknown>): unknown[] {
  if (Array.isArray(path) || isOrdered(path)) return [...path];
  return refuse('a path is an array or an ordered collection');
}

type Updater = (value: unknown) => unknown;

/** A collection, be it a view or not, updated below a path as Immutable does it. */
function updated(collection: Any, keys: readonly unknown[], missing: unknown, update: Updater): unknown {
  if (keys.length === 0) return update(collection);
  const [key, ...rest] = keys as string[];
  const below = collection.get(key, NOT_SET);
  if (below === NOT_SET) {
    const made = madeFrom(missing, update);
    if (made === NOT_SET) return collection;
    return set(collection, key as string, rest.length === 0 ? made : setIn(Map(), rest, made));
  }
  const now =
    rest.length === 0 || isImmutable(below)
      ? updated(below, rest, missing, update)
      : updateIn(below, rest, missing, update);
  return now === below ? collection : set(collection, key as string, now);
}

/**
 * What an updater makes where nothing is; NOT_SET where a plain run has it give back the very object that it was given,
 * which is put nowhere. It is given a real one, since only those tell what is the same object.
 */
function madeFrom(missing: unknown, update: Updater): unknown {
  const ofView = viewData(missing) !== undefined;
  if (ofView && mayChange(missing as object)) refuse('a default is changed in place');
  const given = ofView ? (missing as Any)[STANDS_FOR]() : missing;
  const made = update(given);
  return made === given || made === missing || isVery(made, given, ofView) ? NOT_SET : made;
}

/**
 * Whether a plain run has one object in place of two that are two in this run. Immutable has one empty Map and one empty
 * Set. Of other equal collections nothing is known: a change that changes nothing gives the very object that it was made
 * to, and a view with that change is another.
 */
function isVery(made: Any, given: Any, ofView: boolean): boolean {
  const kind = kindOf(made);
  if (kind === undefined || kind === 'scalar' || kind !== kindOf(given)) return false;
  if (mayChange(made) || mayChange(given)) return refuse('what is given back is changed in place');
  if (kind !== 'Record') {
    if (given.isEmpty() !== made.isEmpty()) return false;
    if (kind === 'Map' || kind === 'Set') {
      if (given.isEmpty()) return given === (kind === 'Map' ? Map() : Set());
    } else if (given.isEmpty() && !ofView && viewData(made) === undefined) return false;
    if (made.size !== given.size) return false;
  }
  return is(made, given) && refuse('whether two equal collections are one object is not tracked');
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
  return set(self, key as string, rest.length === 1 ? below.remove(last) : below.removeIn(rest));
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
