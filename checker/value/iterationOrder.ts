import { hash, isRecord } from 'immutable';
import { compare } from './compare';

/**
 * The order in which canonical Maps and Sets are built, and so the one in which they iterate, whatever
 * their size: a small collection of Immutable's iterates as it was built, a large one by five-bit groups
 * of its keys' hashes. Building in the latter order makes the two agree, and then a part of a collection
 * iterates in the order it has in the whole.
 */
export function iterationOrder(a: unknown, b: unknown): number {
  if (a === b) return 0;
  let left = hashOf(a);
  let right = hashOf(b);
  if (left === right) return compare(a, b);
  while ((left & 31) === (right & 31)) {
    left >>>= 5;
    right >>>= 5;
  }
  return (left & 31) - (right & 31);
}

/** Up to this size Immutable keeps a collection as a list of entries. */
const LIST_SIZE = 8;

/**
 * The order in which to insert keys (given in iteration order) so that they iterate in that order. It is
 * the order given but for one case: the key that turns Immutable's list into its tree is put before older
 * ones with the same hash, so that key must be the first of its hash.
 */
export function insertionOrder<T>(entries: readonly T[], keyOf: (entry: T) => unknown): readonly T[] {
  if (entries.length <= LIST_SIZE || hashAt(LIST_SIZE) !== hashAt(LIST_SIZE - 1)) return entries;
  let group = 1;
  while (group < entries.length && hashAt(group) === hashAt(0)) group++;
  const rest = entries.slice(group);
  return [...rest.slice(0, LIST_SIZE), ...entries.slice(0, group), ...rest.slice(LIST_SIZE)];

  function hashAt(index: number): number {
    return hashOf(keyOf(entries[index] as T));
  }
}

const hashesOfRecords = new WeakMap<object, number>();

/** Immutable keeps the hash of a collection but finds that of a Record anew each time. */
function hashOf(value: unknown): number {
  if (!isRecord(value)) return hash(value);
  let known = hashesOfRecords.get(value);
  if (known === undefined) hashesOfRecords.set(value, (known = hash(value)));
  return known;
}
