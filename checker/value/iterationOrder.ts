import { hash } from 'immutable';
import { compare } from './compare';

/**
 * The order in which canonical Maps and Sets are built, and so the one in which they iterate, whatever
 * their size: a small collection of Immutable's iterates as it was built, a large one by five-bit groups
 * of its keys' hashes. Building in the latter order makes the two agree, and then a part of a collection
 * iterates in the order it has in the whole.
 */
export function iterationOrder(a: unknown, b: unknown): number {
  if (a === b) return 0;
  let left = hash(a);
  let right = hash(b);
  if (left === right) return compare(a, b);
  while ((left & 31) === (right & 31)) {
    left >>>= 5;
    right >>>= 5;
  }
  return (left & 31) - (right & 31);
}
